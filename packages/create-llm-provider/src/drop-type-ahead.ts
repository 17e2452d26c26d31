import type { ReadStream } from "node:tty";

/** What was typed while npx was still downloading must not answer the first question. */
export async function dropTypeAhead(input: ReadStream): Promise<void> {
  if (!input.isTTY) return;
  input.setRawMode(true);
  let cancelled = false;
  const drop = (bytes: Buffer) => {
    cancelled ||= bytes.includes(3);
  };
  input.on("data", drop);
  await new Promise((resolve) => setTimeout(resolve, 30));
  input.off("data", drop);
  input.pause();
  input.setRawMode(false);
  // Ctrl-C is the one key that counts, whenever it comes.
  if (cancelled) process.kill(process.pid, "SIGINT");
}
