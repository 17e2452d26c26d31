import type { ModelResult, Quantiles, RunResult } from "../results/results.ts";
import { answersByTask, passShare } from "./answers-by-task.ts";

/** The two-sided 95% quantile of the normal distribution. */
const z95 = 1.959963984540054;

/** Summarizes the runs of each model, in the order of `models`. */
export function summarize(runs: readonly RunResult[], models: readonly string[]): ModelResult[] {
  return models.map((model) => {
    const own = runs.filter((run) => run.model === model);
    const answers = own.filter(({ outcome }) => outcome !== "error");
    const count = (outcome: RunResult["outcome"]): number => own.filter((run) => run.outcome === outcome).length;
    const tasks = [...answersByTask(own, model).values()];
    const cost = costOfRuns(own);
    return {
      model,
      runs: own.length,
      passed: count("pass"),
      failed: count("fail"),
      refused: count("refusal"),
      errors: errorsByCode(own),
      ...defined("passRate", passRate(tasks)),
      ...defined("firstContent", quantiles(answers.map(({ firstContentMs }) => firstContentMs))),
      ...defined("total", quantiles(answers.map(({ ms }) => ms))),
      ...defined("tokensPerSecond", quantiles(answers.map(tokensPerSecond))),
      tokens: {
        input: sum(own.map(({ usage }) => usage?.inputTokens ?? 0)),
        output: sum(own.map(({ usage }) => usage?.outputTokens ?? 0)),
        reasoning: sum(own.map(({ usage }) => usage?.reasoningTokens ?? 0)),
      },
      ...defined("cost", cost),
      ...defined("costIsAtMost", own.some(({ costIsAtMost }) => costIsAtMost) || undefined),
      ...defined("costPerSolved", cost === undefined ? undefined : costPerSolved(tasks)),
    };
  });
}

/**
 * The share of answers that passed, with Wilson's interval. Runs of one task tend to agree, so three of them tell less than
 * three tasks would. The number of answers is therefore divided by the design effect: the variance between tasks over that of
 * independent answers. With one run per task it is 1. If all answers pass, or none, the effect cannot be estimated, so only
 * tasks count.
 */
function passRate(tasks: readonly (readonly RunResult[])[]): ModelResult["passRate"] {
  const n = sum(tasks.map(({ length }) => length));
  if (n === 0) return undefined;
  const p = sum(tasks.map((answers) => passShare(answers) * answers.length)) / n;
  const between = sum(tasks.map((answers) => (answers.length * (passShare(answers) - p)) ** 2)) / n ** 2;
  const independent = (p * (1 - p)) / n;
  const designEffect = independent === 0 ? Infinity : between / independent;
  const size = tasks.length === 1 ? n : Math.min(n, Math.max(tasks.length, n / designEffect));
  return { value: p, ...wilson(p, size) };
}

function wilson(p: number, n: number): { low: number; high: number } {
  const square = z95 ** 2;
  const center = (p + square / (2 * n)) / (1 + square / n);
  const half = (z95 / (1 + square / n)) * Math.sqrt((p * (1 - p)) / n + square / (4 * n ** 2));
  return { low: Math.max(0, center - half), high: Math.min(1, center + half) };
}

/** Quantiles, interpolated between the two nearest values as in spreadsheets. */
function quantiles(values: readonly (number | undefined)[]): Quantiles | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
  };
  return { p50: at(0.5), p90: at(0.9) };
}

/** The speed after the first content, since the wait before it is reported separately. An answer in one piece has no speed. */
function tokensPerSecond({ usage, ms, firstContentMs }: RunResult): number | undefined {
  if (!usage?.outputTokens || firstContentMs === undefined || ms - firstContentMs < 1) return undefined;
  return (usage.outputTokens * 1000) / (ms - firstContentMs);
}

/** The sum of known costs, or undefined if the cost of any answer is unknown. Failed runs need no cost. */
function costOfRuns(runs: readonly RunResult[]): number | undefined {
  const isKnown = runs.every(({ outcome, cost }) => outcome === "error" || cost !== undefined);
  const costs = runs.flatMap(({ cost }) => cost ?? []);
  return isKnown && costs.length > 0 ? sum(costs) : undefined;
}

/** The cost of asking each task once, divided by the number of tasks that most answers solve. */
function costPerSolved(tasks: readonly (readonly RunResult[])[]): number | undefined {
  const solved = tasks.filter((answers) => passShare(answers) > 0.5).length;
  const once = sum(tasks.map((answers) => sum(answers.map(({ cost }) => cost ?? 0)) / answers.length));
  return solved === 0 ? undefined : once / solved;
}

function errorsByCode(runs: readonly RunResult[]): { readonly [code: string]: number } {
  const errors = new Map<string, number>();
  for (const { outcome, error } of runs) {
    if (outcome !== "error") continue;
    const code = error?.code ?? "unknown";
    errors.set(code, (errors.get(code) ?? 0) + 1);
  }
  return Object.fromEntries([...errors].sort(([, a], [, b]) => b - a));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function defined<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]: Value });
}
