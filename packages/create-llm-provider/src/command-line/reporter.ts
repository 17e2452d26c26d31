import { styleText } from "node:util";
import { createScrubber, maskKeys } from "@llm-provider/core/internal";
import type { Output } from "./host.ts";

/** The output. With `--json`, stdout gets one JSON value and all prose goes to stderr. */
export interface Reporter {
  json: boolean;
  prose: Output;
  /** Prints the result. Returns exit code 0. */
  print(text: string): 0;
  /** Prints progress. */
  say(text: string): void;
  /** Prints the JSON envelope if `--json` is on. */
  envelope(value: object): void;
  /** Prints a sentence about a failure. Returns the exit code. */
  fail(exitCode: number, message: string, facts?: object): number;
  /** A highlighted word on a terminal. */
  bold(text: string): string;
  dim(text: string): string;
}

export function createReporter(options: {
  json: boolean;
  version: string;
  out: Output;
  err: Output;
  color: boolean;
  /** Values that must not appear anywhere. */
  secrets: readonly string[];
}): Reporter {
  const { json, version, color } = options;
  const scrub = createScrubber(options.secrets);
  const clean = (output: Output): Output => ({ isTTY: output.isTTY, write: (text) => output.write(scrub(text)) });
  const [out, err] = [clean(options.out), clean(options.err)];
  const prose = json ? err : out;
  const style = (name: "bold" | "dim" | "red", to: Output) => (text: string) =>
    color && to.isTTY ? styleText(name, text, { validateStream: false }) : text;
  const envelope = (value: object) => {
    if (json) out.write(`${JSON.stringify({ ...value }, null, 2)}\n`);
  };
  return {
    json,
    print(text) {
      out.write(`${text}\n`);
      return 0;
    },
    say: (text) => void prose.write(`${text}\n`),
    envelope,
    fail(exitCode, problem, facts = {}) {
      // A message repeats the user's input, and a key that was pasted with it.
      const message = maskKeys(problem);
      err.write(`${style("red", err)(message)}\n`);
      envelope({ ok: false, version, exitCode, error: message, ...facts });
      return exitCode;
    },
    prose,
    bold: style("bold", prose),
    dim: style("dim", prose),
  };
}
