import type { RunResult } from "../results/results.ts";

/** The answers of one model by task, in the order of the runs. Runs with an error are left out. */
export function answersByTask(runs: readonly RunResult[], model: string): ReadonlyMap<string, readonly RunResult[]> {
  const tasks = new Map<string, RunResult[]>();
  for (const run of runs) {
    if (run.model !== model || run.outcome === "error") continue;
    const known = tasks.get(run.task);
    if (known) known.push(run);
    else tasks.set(run.task, [run]);
  }
  return tasks;
}

/** The share of answers that passed, between 0 and 1. */
export function passShare(answers: readonly RunResult[]): number {
  return answers.filter(({ outcome }) => outcome === "pass").length / answers.length;
}
