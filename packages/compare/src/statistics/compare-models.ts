import type { RunResult } from "../results/results.ts";
import { answersByTask, passShare } from "./answers-by-task.ts";

/** The difference between two models on the tasks that both answered. */
export interface Difference {
  readonly first: string;
  readonly second: string;
  /** The number of tasks that both answered. */
  readonly tasks: number;
  /** The first model's pass rate minus the second's, between -1 and 1. Each task counts once. */
  readonly value: number;
  /** The interval of `value`. The 95% confidence holds for all pairs of a comparison together. */
  readonly low: number;
  readonly high: number;
  /** The model that passes more. Absent if the interval contains 0, so that no difference is shown. */
  readonly better?: string;
}

/**
 * Compares every pair of models, in the order of `models`. Both models got the same tasks, so the difference is taken task by
 * task, after averaging the runs of each task. The interval is that of Bonett and Price (2012) for paired proportions, which
 * adds one task for each side. Unlike there, a task can pass in part of its runs.
 */
export function compareModels(runs: readonly RunResult[], models: readonly string[]): Difference[] {
  const answers = new Map(models.map((model) => [model, answersByTask(runs, model)]));
  const pairs = models.flatMap((first, index) => models.slice(index + 1).map((second) => ({ first, second })));
  const z = normalQuantile(1 - 0.05 / pairs.length / 2);
  return pairs.map(({ first, second }) => {
    const others = answers.get(second)!;
    const differences = [...answers.get(first)!].flatMap(([task, own]) => {
      const other = others.get(task);
      return other ? [passShare(own) - passShare(other)] : [];
    });
    const interval = pairedInterval(differences, z);
    const better = interval.low > 0 ? first : interval.high < 0 ? second : undefined;
    return { first, second, tasks: differences.length, ...interval, ...(better !== undefined && { better }) };
  });
}

function pairedInterval(differences: readonly number[], z: number): { value: number; low: number; high: number } {
  const n = differences.length;
  const sum = differences.reduce((total, one) => total + one, 0);
  const squares = differences.reduce((total, one) => total + one ** 2, 0);
  const center = sum / (n + 2);
  const half = z * Math.sqrt(((squares + 2) / (n + 2) - center ** 2) / (n + 2));
  return { value: n === 0 ? 0 : sum / n, low: Math.max(-1, center - half), high: Math.min(1, center + half) };
}

/** The quantile of the normal distribution, to ten digits. */
function normalQuantile(share: number): number {
  let low = 0;
  let high = 8;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return low;
}

/** The cumulative normal distribution by Marsaglia's series. */
function normalShare(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= z ** 2 / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(z ** 2) / 2)) / Math.sqrt(2 * Math.PI);
}
