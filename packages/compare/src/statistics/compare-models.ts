import type { RunResult } from "../results/results.ts";
import { answersByTask, passShare } from "./answers-by-task.ts";

/** How far two models are apart on the tasks that both answered. */
export interface Difference {
  readonly first: string;
  readonly second: string;
  /** Tasks with an answer of both. */
  readonly tasks: number;
  /** Pass rate of the first minus that of the second, each task counted once: between -1 and 1. */
  readonly value: number;
  /** The interval of `value`. All pairs of a comparison together are right with a probability of 95 %. */
  readonly low: number;
  readonly high: number;
  /** Which one passes more. Absent: the interval contains 0, so no difference is shown. */
  readonly better?: string;
}

/**
 * Every pair of models, in the order of `models`. The unit is the task: both models had the same ones, so their difference is
 * taken task by task, and runs of a task are averaged first. The interval is that of Bonett and Price (2012) for paired
 * proportions, which adds one task for each side. Here a task may also pass in some of its runs only.
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

/** The point below which this share of the normal distribution lies, to ten digits. */
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

/** Marsaglia's series for the normal distribution. */
function normalShare(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= z ** 2 / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(z ** 2) / 2)) / Math.sqrt(2 * Math.PI);
}
