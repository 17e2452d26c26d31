import { resolve } from "node:path";
import { isKeyName } from "@llm-provider/core/internal";
import * as z from "zod";
import { answersSchema } from "../answers/answers-schema.ts";
import { create } from "./create.ts";
import type { Host } from "./host.ts";
import { check, update } from "./maintain.ts";
import { measureEndpoint } from "./measure-endpoint.ts";
import { type CreateOptions, readCommandLine } from "./read-command-line.ts";
import { createReporter, type Reporter } from "./reporter.ts";
import { resolveAnswers } from "./resolve-answers.ts";

/** Runs one command line and returns the exit code: 0 done, 1 failed, 2 wrong use, 3 folder not empty, 4 the probed endpoint stopped it, 130 cancelled. */
export async function main(words: readonly string[], host: Host): Promise<number> {
  const reporter = createReporter({
    json: words.includes("--json"),
    version: host.resources.versions["create-llm-provider"]!,
    out: host.out,
    err: host.err,
    color: !host.environment["NO_COLOR"],
    secrets: Object.entries(host.environment).flatMap(([name, value]) => (value && isKeyName(name) ? [value] : [])),
  });
  try {
    return await run(words, host, reporter);
  } catch (error) {
    // An `ExitError`, core's `FileRefusal`, or a wrong use of the command line.
    if (error instanceof Error && "exitCode" in error) return reporter.fail(Number(error.exitCode), error.message);
    if (host.environment["DEBUG"]) console.error(error);
    return reporter.fail(1, `Something failed: ${(error as Error).message}. DEBUG=1 shows where.`);
  }
}

async function run(words: readonly string[], host: Host, reporter: Reporter): Promise<number> {
  const line = readCommandLine(words, host);
  switch (line.command) {
    case "done":
      return 0;
    case "print-schema":
      return reporter.print(JSON.stringify(z.toJSONSchema(answersSchema, { io: "input" }), null, 2));
    case "check":
      return check(resolve(host.root, line.folder), line.diff, host.resources, reporter);
    case "update":
      return update(resolve(host.root, line.folder), line.dryRun, host, reporter);
    case "create": {
      const resolved = await resolveAnswers(line, host, canAsk(host, line));
      return withSignals(async (signal) => {
        const isAsked = canAsk(host, line);
        const probed = line.probe
          ? await measureEndpoint(resolved, line, { host, reporter, signal, isAsked })
          : undefined;
        if (line.probe && !probed) return 0;
        return create(probed ?? resolved, { host, dryRun: line.dryRun, reporter, signal });
      });
    }
  }
}

// Terminals of coding agents set these: a prompt there would wait for ever.
const agentVariables = ["AI_AGENT", "CLAUDECODE", "CODEX_SANDBOX", "CURSOR_AGENT", "GEMINI_CLI", "OPENCODE"];

/** Decided before the first question: a prompt library on a closed input ends the process with 0. */
function canAsk({ keyboard, out, environment }: Host, { yes, json }: CreateOptions): boolean {
  if (yes || json || !keyboard || !out.isTTY) return false;
  if (environment["CI"] && environment["CI"] !== "false") return false;
  return environment["TERM"] !== "dumb" && agentVariables.every((name) => !environment[name]);
}

/** Runs work that Ctrl-C or the end of the terminal stops: the work watches `signal` and cleans up itself. */
async function withSignals<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
