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

/** How a plan is carried out. */
export interface ComparisonOptions {
  /** Requests at once. @default 4 */
  readonly concurrency?: number;
  /** US dollars that are not exceeded. What is spent is counted by the dearest price, and room is kept for the longest answer. */
  readonly budget?: number;
  /** Stops the comparison. What has been answered is in the results. */
  readonly signal?: AbortSignal;
  /** Runs of an earlier start: they are not asked again. */
  readonly earlier?: readonly RunResult[];
  /** Keys. No part of them gets into a result, even where an endpoint repeats one. */
  readonly secrets?: readonly string[];
  /** What the code of a model may take. */
  readonly limits?: CodeLimits;
  readonly onStart?: (run: PlannedRun) => void;
  /** Called with each run as soon as it has ended and was checked. */
  readonly onEnd?: (result: RunResult) => void;
}

/**
 * Asks every model every task, checks the answers, and gives everything that is known of them. An error of an endpoint is
 * counted, not thrown; neither budget nor signal throws.
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

/** How often a request is sent that an endpoint refuses for a reason that may pass. */
const mostAttempts = 3;

async function askUntilAnswered(planned: PlannedRun, queue: RunQueue, signal: AbortSignal | undefined): Promise<Asked> {
  for (let attempt = 1; ; attempt++) {
    await queue.untilReady(planned);
    const asked = await askModel(planned, signal);
    if (asked.pause !== undefined) queue.pause(planned, asked.pause);
    if (!asked.mayAskAgain || attempt === mostAttempts) return asked;
  }
}

/** US dollars. An answer without a count is taken for its longest; one that broke off is billed too. A refused request is free. */
function spentOn({ mostCost = 0 }: PlannedRun, { facts, result }: Asked): number {
  return facts.cost ?? (result || facts.firstContentMs !== undefined ? mostCost : 0);
}

/** Whether the answer is what the task asks for. A refusal fails, unless the task asks for one. */
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

/** The texts of a run without what looks like a key. */
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
