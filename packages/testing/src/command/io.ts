import { maskKeys } from "@llm-provider/core/internal";
import { printable } from "./terminal.ts";

/** The input and output of a program: the process's, or a test's. */
export interface Io {
  /** Receives only the result. */
  out(text: string): void;
  /** Receives every message about the result. */
  err(text: string): void;
  stdin(): Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** A person looks at the output. */
  readonly isTerminal: boolean;
  /** Something was piped in. */
  readonly hasInput: boolean;
  /** Characters. */
  readonly columns: number;
  /** Aborted by Ctrl-C, or by a SIGTERM. */
  readonly signal: AbortSignal;
}

/** The `Io` of a command, which does not print control characters from elsewhere, and the exit code to set. */
export interface CommandIo extends Io {
  /**
   * The exit code when the command returns: 0 done, 1 failed.
   * @default 0
   */
  exitCode: number;
}

/** Every character for the terminal passes through here. */
export function commandIo(io: Io): CommandIo {
  return {
    ...io,
    out: (text) => io.out(printable(text)),
    // A message repeats the user's input, and a key that was pasted with it.
    err: (text) => io.err(maskKeys(printable(text))),
    exitCode: 0,
  };
}

/** The `Io` of this process. A pipe that closes early, as with `head`, is not an error. */
export function processIo(): Io {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
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
