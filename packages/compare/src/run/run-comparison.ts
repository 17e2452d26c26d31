import { createScrubber, maskKeys } from "@llm-provider/core/internal";
import { checkAnswer } from "../check/check-answer.ts";
import { describeCheck } from "../check/describe-check.ts";
import { isRefusal } from "../check/is-refusal.ts";
import type { Results, RunResult } from "../results/results.ts";
import type { CodeLimits } from "../sandbox/run-code.ts";
import { summarize } from "../statistics/summarize.ts";
import { type Asked, askModel } from "./ask-model.ts";
import type { Plan, PlannedRun } from "./plan-runs.ts";
import { RunQueue } from "./run-queue.ts";
import { Wallet } from "./wallet.ts";

/** Options of a comparison. */
export interface ComparisonOptions {
  /** The number of concurrent requests. @default 4 */
  readonly concurrency?: number;
  /** The most to spend, in US dollars. Costs are counted at the highest price, and each request reserves the cost of the longest answer. */
  readonly budget?: number;
  /** Stops the comparison. The results contain the runs that finished before. */
  readonly signal?: AbortSignal;
  /** Runs from before an interruption. They are not repeated. */
  readonly earlier?: readonly RunResult[];
  /** API keys. They are removed from the results, even if an endpoint echoes one. */
  readonly secrets?: readonly string[];
  /** Limits for code that models wrote. */
  readonly limits?: CodeLimits;
  readonly onStart?: (run: PlannedRun) => void;
  /** Called with each run as soon as it is checked. */
  readonly onEnd?: (result: RunResult) => void;
}

/**
 * Asks every model every task, checks the answers, and returns the results. Errors from endpoints are counted, not thrown. If
 * the budget or the signal stops the comparison, it returns the results so far.
 */
export async function runComparison(plan: Plan, options: ComparisonOptions = {}): Promise<Results> {
  const { concurrency = 4, budget = Infinity, signal, earlier = [], secrets = [], limits, onStart, onEnd } = options;
  const date = new Date().toISOString();
  const scrub = createScrubber(secrets);
  const known = new Set(plan.runs.map(keyOf));
  const runs = earlier.filter((run) => known.has(keyOfResult(run)));
  const done = new Set(runs.map(keyOfResult));
  const left = plan.runs.filter((run) => !done.has(keyOf(run)));
  const queue = new RunQueue(left, signal);
  const wallet = new Wallet(
    budget,
    runs.reduce((total, { cost = 0 }) => total + cost, 0),
  );
  let isOverBudget = false;
  let fault: unknown;

  const work = async (): Promise<void> => {
    for (;;) {
      const planned = await queue.next();
      if (!planned || isOverBudget || fault !== undefined) return;
      if (!(await wallet.reserve(planned))) {
        isOverBudget = true;
        return;
      }
      let spent = 0;
      let asked: Asked;
      try {
        onStart?.(planned);
        asked = await askUntilAnswered(planned, queue, signal);
        spent = spentOn(planned, asked);
      } finally {
        wallet.settle(planned, spent);
      }
      const result = readable(scrub(await judge(planned, asked, limits)));
      runs.push(result);
      onEnd?.(result);
    }
  };
  const workers = Array.from({ length: Math.max(1, Math.min(concurrency, left.length)) }, async () => {
    try {
      await work();
    } catch (error) {
      if (!signal?.aborted) fault ??= error;
    }
  });
  await Promise.all(workers);
  if (fault !== undefined) throw fault;

  const missing = plan.runs.length - runs.length;
  const { name, file, tasks } = plan.suite;
  return {
    version: 1,
    date,
    suite: {
      name,
      ...(file !== undefined && { file }),
      tasks: tasks.map(({ id, prompt, system, checks }) => ({
        id,
        prompt,
        ...(system !== undefined && { system }),
        checks: checks.map(describeCheck),
      })),
    },
    runsPerTask: plan.runsPerTask,
    models: summarize(
      runs,
      plan.contenders.map((one) => one.name),
    ),
    runs,
    ...(missing > 0 && { stopped: { by: signal?.aborted ? ("interrupt" as const) : ("budget" as const), missing } }),
  };
}

/** How often a request is sent before a temporary error counts. */
const mostAttempts = 3;

async function askUntilAnswered(planned: PlannedRun, queue: RunQueue, signal: AbortSignal | undefined): Promise<Asked> {
  for (let attempt = 1; ; attempt++) {
    await queue.untilReady(planned);
    const asked = await askModel(planned, signal);
    if (asked.pause !== undefined) queue.pause(planned, asked.pause);
    if (!asked.mayAskAgain || attempt === mostAttempts) return asked;
  }
}

/** US dollars. An answer without usage, or cut off, counts as the longest possible one. A rejected request is free. */
function spentOn({ mostCost = 0 }: PlannedRun, { facts, result }: Asked): number {
  return facts.cost ?? (result || facts.firstContentMs !== undefined ? mostCost : 0);
}

/** Runs the checks. A refusal fails unless the task expects one. */
async function judge(
  { contender, task, run }: PlannedRun,
  { facts, result }: Asked,
  limits: CodeLimits | undefined,
): Promise<RunResult> {
  const named = { model: contender.name, task: task.id, run };
  if (!result) return { ...named, outcome: "error", checks: [], ...facts };
  const { cost, ms } = facts;
  const answer = { result, ms, ...(cost !== undefined && { cost }) };
  const checks = [];
  for (const check of task.checks) checks.push(await checkAnswer(check, answer, limits));
  const isPass = checks.every(({ pass }) => pass);
  return { ...named, outcome: isPass ? "pass" : isRefusal(result) ? "refusal" : "fail", checks, ...facts };
}

/** Masks everything in a run that looks like a key. */
function readable(run: RunResult): RunResult {
  const mask = <Value>(value: Value): Value => {
    if (typeof value === "string") return maskKeys(value) as Value;
    if (Array.isArray(value)) return value.map(mask) as Value;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mask(one)])) as Value;
  };
  return mask(run);
}

const keyOf = ({ contender, task, run }: PlannedRun): string => JSON.stringify([contender.name, task.id, run]);
const keyOfResult = ({ model, task, run }: RunResult): string => JSON.stringify([model, task, run]);
