import type { ReadStream } from "node:tty";

/** What was typed while npx was still downloading must not answer the first question. Says whether a Ctrl-C was among it. */
export async function dropTypeAhead(input: ReadStream): Promise<boolean> {
  if (!input.isTTY) return false;
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
  return cancelled;
}
