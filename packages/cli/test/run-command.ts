import { ownProviders } from "../../../test/own-packages.ts";
import type { CliIo } from "../src/cli-io.ts";
import { main } from "../src/main.ts";

export const canary = "test-key-canary-7f3a9b2c5d8e1f40";

export type Outcome = { code: number; out: string; err: string };

/**
 * Runs one command line in this process. It knows only this repository's own providers, so an endpoint that a test invents is
 * unknown to it, whatever somebody scaffolded here.
 */
export async function runCommand(
  args: readonly string[],
  options: {
    input?: string;
    env?: Record<string, string>;
    columns?: number;
    signal?: AbortSignal;
    cwd?: string;
    isTerminal?: boolean;
    providers?: CliIo["providers"];
  } = {},
): Promise<Outcome> {
  let out = "";
  let err = "";
  const io = {
    out: (text: string) => (out += text),
    err: (text: string) => (err += text),
    stdin: async () => options.input ?? "",
    env: options.env ?? {},
    cwd: options.cwd ?? import.meta.dirname,
    isTerminal: options.isTerminal ?? false,
    hasInput: options.input !== undefined,
    columns: options.columns ?? 80,
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await main(args, io, options.providers ?? ownProviders);
  return { code, out, err };
}
