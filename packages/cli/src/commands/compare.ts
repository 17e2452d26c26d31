import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type * as Compare from "@llm-provider/compare";
import type { Contender, Plan, RunJournal, Suite } from "@llm-provider/compare";
import { writeRegularFile } from "@llm-provider/core/internal/files";
import { createCommand, dollars, paint, toJson, usageError, type CommandIo } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { showProgress } from "../compare-progress.ts";
import { loadPackage } from "../load-package.ts";
import { openProvider, type OpenProvider } from "../open-provider.ts";

interface Options {
  readonly models?: string;
  readonly runs: number;
  readonly concurrency: number;
  readonly budget?: number;
  readonly out: string;
  readonly exercism?: string;
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

export function compare(io: CommandIo, summary: string): Command {
  return createCommand("compare", { summary, ...help }, io)
    .usage("<suite.yaml | coding> --models <a:m,b:m> [options]")
    .argument("[suite]", "A suite.yaml, or coding")
    .option("-m, --models <a:m,b:m>", "The models to compare; without a model, the provider's small one")
    .option("--runs <n>", "How often each task is asked", (text) => count("--runs", text, 100), 1)
    .option("--concurrency <n>", "Requests at once", (text) => count("--concurrency", text, 64), 4)
    .option("--budget <usd>", "US dollars that are not exceeded", readBudget)
    .option("-o, --out <dir>", "The folder for results.json and report.html", "report")
    .option("--exercism <clone>", "Take the tasks of a clone of Exercism's JavaScript track")
    .option("--resume", "Go on with a comparison that was stopped")
    .option("--twin", "Ask fakes, with the answers that the suite gives them: no key, no network")
    .option("--dry-run", "Print the plan and send nothing")
    .option("--json", "Print the results, or the plan, as JSON")
    .option("--print-schema", "Print the JSON Schema of a suite.yaml, and end")
    .action((suite: string | undefined, options: Options) => run(suite, options, io));
}

async function run(given: string | undefined, options: Options, io: CommandIo): Promise<void> {
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
    if (dryRun) return io.out(json ? `${toJson(printedPlan(plan))}\n` : describePlan(plan, options, io));
    io.err(describePlan(plan, options, io));
    await carryOut(comparing, plan, options, isResumed, io);
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
  }
}

async function carryOut(
  { RunJournal: journals, journalFile, runComparison }: typeof Compare,
  plan: Plan,
  options: Options,
  isResumed: boolean,
  io: CommandIo,
): Promise<void> {
  const folder = resolve(io.cwd, options.out);
  const { json = false, budget, concurrency } = options;
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
  writeRegularFile(join(folder, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
  if (json) io.out(`${toJson(results)}\n`);
  const { stopped } = results;
  if (!stopped) journal.remove();
  else {
    const why = stopped.by === "budget" ? `The budget of $${budget} has no room for the next answer` : "Stopped";
    io.err(
      `${why}: ${stopped.missing} answers are missing. ${join(options.out, journalFile)} has the others. Go on with the same command and \`--resume\`${stopped.by === "budget" ? ", and a higher `--budget`" : ""}.\n`,
    );
    if (stopped.by === "interrupt") io.exitCode = 130;
  }
  io.err(`${paint(io).dim("written:")} ${join(options.out, "results.json")}\n`);
}

async function loadSuite(
  { codingSuite, importExercism, readSuite }: typeof Compare,
  given: string | undefined,
  exercism: string | undefined,
  io: CommandIo,
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

/** What is going to be asked, and what it costs at most. */
function describePlan(
  { suite, runs, runsPerTask, costs, mostCost }: Plan,
  { concurrency }: Options,
  io: CommandIo,
): string {
  const { bold } = paint(io);
  const width = Math.max(...costs.map(({ model }) => model.length));
  const price = (most: number | undefined): string =>
    most === undefined ? "cost unknown" : `at most ${dollars(most)}`;
  const rows = costs.map(
    ({ model, requests, most }) => `  ${model.padEnd(width)}  ${requests} requests  ${price(most)}`,
  );
  const tasks = `${suite.tasks.length} ${suite.tasks.length === 1 ? "task" : "tasks"}`;
  const times = runsPerTask === 1 ? "once" : `${runsPerTask} times`;
  return `${bold(suite.name)}: ${tasks}, each asked ${times}, ${concurrency} at once\n${rows.join("\n")}\n  ${runs.length} requests, ${price(mostCost)}. Answers are rarely as long as they may be.\n`;
}

function printedPlan({ suite, runsPerTask, costs, mostCost }: Plan): object {
  return { suite: suite.name, tasks: suite.tasks.map(({ id }) => id), runsPerTask, models: costs, mostCost };
}

function refuseTwice(contenders: readonly Contender[]): void {
  const names = contenders.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw usageError(`${twice} is named twice. Ask more often with \`--runs\`.`);
}

function refuseKeyless(contenders: readonly Contender[], io: CommandIo): void {
  const unset = contenders.flatMap(({ definition: { auth } }) =>
    auth !== "none" && !io.env[auth.env] ? [auth.env] : [],
  );
  if (unset.length === 0) return;
  throw usageError(
    `${[...new Set(unset)].join(", ")} ${unset.length === 1 ? "is" : "are"} not set. Set the keys, or try it without with \`--twin\`.`,
  );
}

function refuseUnknownCost({ costs }: Plan): void {
  const unknown = costs.flatMap(({ model, most }) => (most === undefined ? [model] : []));
  if (unknown.length === 0) return;
  throw usageError(
    `What ${unknown.join(", ")} costs is not known, so no budget can be kept. Give \`parameters: { max_tokens: … }\` where the longest answer is unknown, or leave \`--budget\` or the model out.`,
  );
}

function count(option: string, text: string, most: number): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isInteger(number) || number < 1 || number > most)
    throw usageError(`\`${option}\` takes a number from 1 to ${most}.`);
  return number;
}

function readBudget(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number) || number <= 0)
    throw usageError("`--budget` takes US dollars above 0, such as 0.50.");
  return number;
}
