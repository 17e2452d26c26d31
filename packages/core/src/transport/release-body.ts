/** Milliseconds for the end of a body that has nothing more to say. */
const grace = 50;

/** Lets the connection be used again where the body ends by itself, and closes it where the endpoint keeps it open. */
export function releaseBody(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  const timer = setTimeout(cancel, grace);
  void drain();

  async function drain(): Promise<void> {
    try {
      while (!(await reader.read()).done);
    } catch {
      // The answer was whole: how its connection ends is nobody's concern.
    }
    clearTimeout(timer);
  }
  function cancel(): void {
    reader.cancel().catch(() => {});
  }
}
