import { main } from "../src/main.ts";

export const canary = "test-key-canary-7f3a9b2c5d8e1f40";

export type Outcome = { code: number; out: string; err: string };

/** Runs one command line in this process. The environment holds a canary key for every provider. */
export async function runCommand(
  args: readonly string[],
  options: {
    input?: string;
    env?: Record<string, string>;
    columns?: number;
    signal?: AbortSignal;
    cwd?: string;
    isTerminal?: boolean;
  } = {},
): Promise<Outcome> {
  let out = "";
  let err = "";
  const code = await main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    stdin: async () => options.input ?? "",
    env: options.env ?? {},
    cwd: options.cwd ?? import.meta.dirname,
    isTerminal: options.isTerminal ?? false,
    hasInput: options.input !== undefined,
    columns: options.columns ?? 80,
    signal: options.signal ?? new AbortController().signal,
  });
  return { code, out, err };
}
