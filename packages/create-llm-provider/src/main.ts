import { resolve } from "node:path";
import * as z from "zod";
import { answersSchema } from "./answers.ts";
import { checkPackage } from "./check-package.ts";
import { create } from "./create.ts";
import type { Door } from "./door.ts";
import { flagRows } from "./flags.ts";
import { isPerson } from "./is-person.ts";
import { readCommandLine } from "./read-command-line.ts";
import { createReporter, type Reporter } from "./reporter.ts";
import { resolveAnswers } from "./resolve-answers.ts";
import { isStop } from "./stop.ts";
import { withSignals } from "./with-signals.ts";

/** Runs one command line and returns the exit code: 0 done, 1 failed, 2 wrong use, 3 folder not empty, 130 cancelled. */
export async function main(words: readonly string[], door: Door): Promise<number> {
  const reporter = createReporter({
    json: words.includes("--json"),
    version: door.resources.versions["create-llm-provider"]!,
    out: door.out,
    err: door.err,
    color: !door.environment["NO_COLOR"],
  });
  try {
    return await run(words, door, reporter);
  } catch (error) {
    if (isStop(error)) return reporter.fail(error.exitCode, error.message);
    if (door.environment["DEBUG"]) console.error(error);
    return reporter.fail(1, `Something failed: ${(error as Error).message}. DEBUG=1 shows where.`);
  }
}

async function run(words: readonly string[], door: Door, reporter: Reporter): Promise<number> {
  const line = readCommandLine(words);
  if (line.run.help) return reporter.print(help(door));
  if (line.run.version) return reporter.print(door.resources.versions["create-llm-provider"]!);
  if (line.run["print-schema"])
    return reporter.print(JSON.stringify(z.toJSONSchema(answersSchema, { io: "input" }), null, 2));
  if (line.check !== undefined) return checkPackage(resolve(door.root, line.check), door.resources, reporter);
  const person = isPerson({ input: door.keyboard, output: door.out.isTTY ?? false }, door.environment, line.run);
  const example = `${door.program} acme --base-url https://api.acme.ai/v1`;
  const { answers, given } = await resolveAnswers(line, { person, example, door });
  const dryRun = line.run["dry-run"] ?? false;
  return withSignals((signal) => create(answers, { door, given, dryRun, reporter, signal }));
}

function help({ program, inWorkspace }: Door): string {
  const rows = flagRows().filter(([flag]) => !inWorkspace || !/^--(dir|pm|no-git)\b/.test(flag));
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
  return [
    `Usage: ${program} [id] [options]`,
    ...(inWorkspace ? [] : [`       ${program} check [folder]`]),
    "",
    "Makes a package for an LLM endpoint or a tool, with contract tests that are green at once:",
    "no key, no network beyond npm.",
    ...(inWorkspace ? [] : ["check tells which files of such a package are not as this version would write them."]),
    "",
    `Example: ${program} acme --base-url https://api.acme.ai/v1`,
    "",
    ...rows.map(([flag, text]) => `  ${flag.padEnd(width)}${text}`),
    "",
    "Exit codes: 0 done, 1 failed, 2 wrong use, 3 folder not empty, 130 cancelled.",
  ].join("\n");
}
