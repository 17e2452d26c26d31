import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type * as Compare from "@llm-provider/compare";
import type { Contender, Plan, Results, RunJournal, Suite } from "@llm-provider/compare";
import { parseTarget } from "@llm-provider/core/internal";
import { writeRegularFile } from "@llm-provider/core/internal/files";
import { createCommand, paint, toJson, usageError } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { describePlan, printedPlan, refuseKeyless, refuseTwice, refuseUnknownCost } from "../compare-plan.ts";
import { showProgress } from "../compare-progress.ts";
import { loadPackage } from "../load-package.ts";
import type { CliIo } from "../cli-io.ts";
import { numberOption } from "../number-option.ts";
import { openProvider, type OpenProvider } from "../open-provider.ts";

interface Options {
  readonly models?: string;
  readonly runs: number;
  readonly concurrency: number;
  readonly budget?: number;
  readonly out: string;
  readonly exercism?: string;
  readonly promptfoo?: boolean;
  readonly json?: boolean;
  readonly resume?: boolean;
  readonly twin?: boolean;
  readonly dryRun?: boolean;
  readonly printSchema?: boolean;
}

const help = {
  description:
    "Asks each model each task of a suite, checks the answers, and writes a report: pass rate with its interval, cost, latency, every answer. The suite is a suite.yaml, or `coding`: 24 tasks in JavaScript that come with it. Code of a model runs in a sandbox without files and network. The plan and its greatest cost come first; models take turns; errors of an endpoint are counted beside the pass rate.\n\nExit codes: 0 it ran, whatever the models scored; 2 wrong use; 130 stopped by Ctrl-C, and --resume goes on.",
  examples: [
    "llm-provider compare suite.yaml --models groq:openai/gpt-oss-120b,mistral:codestral-latest --runs 3",
    "llm-provider compare coding --models ollama:codellama,deepseek:deepseek-flash --budget 0.50",
    "llm-provider compare coding --models groq,mistral --twin",
    "llm-provider compare --exercism ../javascript --models groq --dry-run",
  ],
};

export function compare(io: CliIo, summary: string): Command {
  return createCommand("compare", { summary, ...help }, io)
    .usage("<suite.yaml | coding> --models <a:m,b:m> [options]")
    .argument("[suite]", "A suite.yaml, or coding")
    .option("-m, --models <a:m,b:m>", "The models to compare; without a model, the provider's small one")
    .option("--runs <n>", "How often each task is asked", numberOption("--runs", 1, 100), 1)
    .option("--concurrency <n>", "Requests at once", numberOption("--concurrency", 1, 64), 4)
    .option("--budget <usd>", "US dollars that are not exceeded", readBudget)
    .option("-o, --out <dir>", "The folder for results.json and report.html", "report")
    .option("--exercism <clone>", "Take the tasks of a clone of Exercism's JavaScript track")
    .option("--promptfoo", "Also write <dir>/promptfoo: the same tasks, checks and results for promptfoo")
    .option("--resume", "Go on with a comparison that was stopped")
    .option("--twin", "Ask fakes, with the answers that the suite gives them: no key, no network")
    .option("--dry-run", "Print the plan and send nothing")
    .option("--json", "Print the results, or the plan, as JSON")
    .option("--print-schema", "Print the JSON Schema of a suite.yaml, and end")
    .action((suite: string | undefined, options: Options) => run(suite, options, io));
}

async function run(given: string | undefined, options: Options, io: CliIo): Promise<void> {
  const { models = "", twin: isTwin = false, resume: isResumed = false, dryRun = false, json = false } = options;
  const comparing = await loadPackage("@llm-provider/compare", `compare ${given ?? "coding"}`);
  if (options.printSchema) return io.out(`${toJson(await comparing.suiteJsonSchema())}\n`);
  const suite = await loadSuite(comparing, given, options.exercism, io);
  const targets = models.split(",").filter(Boolean);
  if (targets.length === 0)
    throw usageError("Which models? Such as `--models groq:openai/gpt-oss-120b,ollama:codellama`.");

  const opened: OpenProvider[] = [];
  try {
    for (const target of targets) {
      const script = ({ id }: { id: string }, model: string) => ({
        scenarios: comparing.scriptTwin(suite, `${id}:${model}`),
      });
      opened.push(await openProvider(target, { twin: isTwin }, io, {}, script));
    }
    const contenders = opened.map(({ provider, definition, model }): Contender => ({
      name: `${definition.id}:${model}`,
      provider,
      definition,
      model,
    }));
    refuseTwice(contenders);
    if (!isTwin && !dryRun) refuseKeyless(contenders, io);
    const plan = comparing.planRuns(suite, contenders, options.runs);
    if (options.budget !== undefined) refuseUnknownCost(plan);
    if (dryRun) return io.out(json ? `${toJson(printedPlan(plan))}\n` : describePlan(plan, options.concurrency, io));
    io.err(describePlan(plan, options.concurrency, io));
    const results = await carryOut(comparing, plan, options, isResumed, io);
    const folder = resolve(io.cwd, options.out);
    writeRegularFile(join(folder, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
    writeRegularFile(join(folder, "report.html"), comparing.writeReport(results));
    if (options.promptfoo) writePromptfoo(comparing, suite, results, targets, join(folder, "promptfoo"));
    io.out(json ? `${toJson(results)}\n` : comparing.describeResults(results, io));
    tellStopped(results, options, io);
    io.err(`${paint(io).dim("written:")} ${join(options.out, "report.html")}, ${join(options.out, "results.json")}\n`);
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
  }
}

/** Asks, and keeps each answer on disk as it comes. */
async function carryOut(
  { RunJournal: journals, runComparison }: typeof Compare,
  plan: Plan,
  { out, json = false, budget, concurrency }: Options,
  isResumed: boolean,
  io: CliIo,
): Promise<Results> {
  const folder = resolve(io.cwd, out);
  let journal: RunJournal;
  try {
    mkdirSync(folder, { recursive: true });
    journal = journals.open(folder, plan.suite, isResumed);
  } catch (error) {
    throw usageError((error as Error).message);
  }
  const progress = showProgress(plan, journal.earlier, io.isTerminal && !json, io);
  const results = await runComparison(plan, {
    concurrency,
    ...(budget !== undefined && { budget }),
    signal: io.signal,
    earlier: journal.earlier,
    secrets: plan.contenders.flatMap(({ definition: { auth } }) => (auth === "none" ? [] : (io.env[auth.env] ?? []))),
    onStart: progress.start,
    onEnd(result) {
      journal.add(result);
      progress.end(result);
    },
  }).finally(progress.stop);
  if (!results.stopped) journal.remove();
  return results;
}

/** Why answers are missing, and how they come. */
function tellStopped({ stopped }: Results, { budget, out }: Options, io: CliIo): void {
  if (!stopped) return;
  const isBudget = stopped.by === "budget";
  const why = isBudget ? `The budget of $${budget} has no room for the next answer` : "Stopped";
  const more = isBudget ? " and a higher `--budget`" : "";
  io.err(
    `${why}: ${stopped.missing} answers are missing. ${out} has the others; go on with the same command, \`--resume\`${more}.\n`,
  );
  if (!isBudget) io.exitCode = 130;
}

/** A target that is a path or another package is one for promptfoo too. */
function writePromptfoo(
  { toPromptfoo }: typeof Compare,
  suite: Suite,
  results: Results,
  targets: readonly string[],
  folder: string,
): void {
  const named = targets.map((target, index) => [results.models[index]!.model, parseTarget(target).name] as const);
  const packages = Object.fromEntries(named.filter(([, name]) => /[./@]/.test(name)));
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(toPromptfoo({ suite, results, packages })))
    writeRegularFile(join(folder, file), text);
}

async function loadSuite(
  { codingSuite, importExercism, readSuite }: typeof Compare,
  given: string | undefined,
  exercism: string | undefined,
  io: CliIo,
): Promise<Suite> {
  if ((given === undefined) === (exercism === undefined))
    throw usageError(
      "Which tasks? Such as `llm-provider compare suite.yaml --models …`; `coding` for the tasks that come with it; or `--exercism` with a clone.",
    );
  try {
    if (exercism !== undefined) {
      const { suite, left } = importExercism(resolve(io.cwd, exercism));
      for (const { id, reason } of left) io.err(`left out ${id}: ${reason}\n`);
      return suite;
    }
    const path = given === "coding" ? codingSuite : resolve(io.cwd, given!);
    const { suite, problems } = await readSuite(path, given);
    if (suite) return suite;
    const lines = problems.map(({ line, column, message }) => `  ${given}:${line}:${column} ${message}`);
    const counted = problems.length === 1 ? "A mistake" : `${problems.length} mistakes`;
    throw new Error(`${counted} in ${given}:\n${lines.join("\n")}`);
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

function readBudget(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number) || number <= 0)
    throw usageError("`--budget` takes US dollars above 0, such as 0.50.");
  return number;
}
