import type { Contender, Plan } from "@llm-provider/compare";
import { dollars, paint, usageError, type CommandIo } from "@llm-provider/testing/command";

/** What is going to be asked, and what it costs at most. */
export function describePlan(plan: Plan, concurrency: number, io: CommandIo): string {
  const { suite, runs, runsPerTask, costs, mostCost } = plan;
  const { bold } = paint(io);
  const width = Math.max(...costs.map(({ model }) => model.length));
  const price = (most: number | undefined): string =>
    most === undefined ? "cost unknown" : `at most ${dollars(most)}`;
  const rows = costs.map(
    ({ model, requests, most }) => `  ${model.padEnd(width)}  ${requests} requests  ${price(most)}`,
  );
  const tasks = `${suite.tasks.length} ${suite.tasks.length === 1 ? "task" : "tasks"}`;
  const times = runsPerTask === 1 ? "once" : `${runsPerTask} times`;
  const temperatures = new Set(suite.tasks.map(({ parameters }) => parameters["temperature"] ?? "the endpoint's own"));
  return [
    `${bold(suite.name)}: ${tasks}, each asked ${times}, ${concurrency} at once, temperature ${[...temperatures].join(" or ")}`,
    ...rows,
    `  ${runs.length} requests, ${price(mostCost)}. Answers are rarely as long as they may be.\n`,
  ].join("\n");
}

/** The plan as `--json` prints it. */
export function printedPlan({ suite, runsPerTask, costs, mostCost }: Plan): object {
  return { suite: suite.name, tasks: suite.tasks.map(({ id }) => id), runsPerTask, models: costs, mostCost };
}

/** @throws A sentence with exit code 2, where a model comes twice. */
export function refuseTwice(contenders: readonly Contender[]): void {
  const names = contenders.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw usageError(`${twice} is named twice. Ask more often with \`--runs\`.`);
}

/** @throws A sentence with exit code 2, where a key is not set: every request would fail. */
export function refuseKeyless(contenders: readonly Contender[], io: CommandIo): void {
  const unset = contenders.flatMap(({ definition: { auth } }) =>
    auth !== "none" && !io.env[auth.env] ? [auth.env] : [],
  );
  if (unset.length === 0) return;
  throw usageError(
    `${[...new Set(unset)].join(", ")} ${unset.length === 1 ? "is" : "are"} not set. Set the keys, or try it without with \`--twin\`.`,
  );
}

/** @throws A sentence with exit code 2, where no budget can be kept. */
export function refuseUnknownCost({ costs }: Plan): void {
  const unknown = costs.flatMap(({ model, most }) => (most === undefined ? [model] : []));
  if (unknown.length === 0) return;
  throw usageError(
    `What ${unknown.join(", ")} costs is not known, so no budget can be kept. Give \`parameters: { max_tokens: … }\` where the longest answer is unknown, or leave \`--budget\` or the model out.`,
  );
}
