import { maskKeys } from "@llm-provider/core/internal";
import { printable } from "./terminal.ts";

/** What a program reads from and writes to: the process, or a test. */
export interface Io {
  /** The result, and nothing else. */
  out(text: string): void;
  /** Every message about it. */
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

/** What a command gets: an `Io` that prints no control characters of other people's, and the exit code to set. */
export interface CommandIo extends Io {
  /**
   * What the program ends with when the command returns: 0 done, 1 failed.
   * @default 0
   */
  exitCode: number;
}

/** The one place through which every character goes to the terminal. */
export function commandIo(io: Io): CommandIo {
  return {
    ...io,
    out: (text) => io.out(printable(text)),
    // A sentence repeats what was given, and a key that was pasted with it.
    err: (text) => io.err(maskKeys(printable(text))),
    exitCode: 0,
  };
}

/** The process that we are. A pipe that closes early, as `head` does, is not an error. */
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
