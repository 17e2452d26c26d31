import type { Io } from "./io.ts";

/** The process that we are. A pipe that was closed early, as `head` does, is no error. */
export function processIo(): Io {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const { env } = process;
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    async stdin() {
      let text = "";
      for await (const chunk of process.stdin.setEncoding("utf8")) text += String(chunk);
      return text;
    },
    env,
    cwd: process.cwd(),
    isTerminal: Boolean(process.stdout.isTTY) && !env["NO_COLOR"] && env["TERM"] !== "dumb",
    hasInput: !process.stdin.isTTY,
    columns: process.stdout.columns ?? 80,
    signal: controller.signal,
  };
}
