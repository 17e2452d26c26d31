/** Milliseconds to wait for the end of a body that is no longer needed. */
const grace = 50;

/** Lets the connection be used again if the body ends by itself, and closes it if the endpoint keeps it open. */
export function releaseBody(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  const timer = setTimeout(cancel, grace);
  void drain();

  async function drain(): Promise<void> {
    try {
      while (!(await reader.read()).done);
    } catch {
      // The answer was complete: how its connection ends does not matter.
    }
    clearTimeout(timer);
  }
  function cancel(): void {
    reader.cancel().catch(() => {});
  }
}
