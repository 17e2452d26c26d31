import { styleText } from "node:util";

/** Where words go. With `--json`, stdout holds one JSON value and all prose goes to stderr. */
export type Reporter = {
  json: boolean;
  /** The answer itself. Returns exit code 0. */
  print(text: string): 0;
  /** What is going on. */
  say(text: string): void;
  /** The envelope, where `--json` is on. */
  envelope(value: object): void;
  /** A sentence about what went wrong. Returns the exit code. */
  fail(exitCode: number, message: string, facts?: object): number;
  /** A word that stands out on a terminal. */
  bold(text: string): string;
  dim(text: string): string;
};

export function createReporter(options: { json: boolean; version: string }): Reporter {
  const { json, version } = options;
  const prose = json ? process.stderr : process.stdout;
  // styleText itself looks at NO_COLOR and at whether the stream is a terminal.
  const style = (name: "bold" | "dim" | "red") => (text: string) => styleText(name, text, { stream: prose });
  const envelope = (value: object) => {
    if (json) process.stdout.write(`${JSON.stringify({ ...value }, null, 2)}\n`);
  };
  return {
    json,
    print(text) {
      process.stdout.write(`${text}\n`);
      return 0;
    },
    say: (text) => void prose.write(`${text}\n`),
    envelope,
    fail(exitCode, message, facts = {}) {
      process.stderr.write(`${styleText("red", message, { stream: process.stderr })}\n`);
      envelope({ ok: false, version, exitCode, error: message, ...facts });
      return exitCode;
    },
    bold: style("bold"),
    dim: style("dim"),
  };
}
