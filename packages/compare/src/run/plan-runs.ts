import type { ChatRequest, Definition, Provider } from "@llm-provider/core";
import { dearestCost, estimateTokens, longestAnswer, modelInfo } from "@llm-provider/core/internal";
import type { Suite, Task } from "../suite/suite.ts";
import { toRequest } from "./to-request.ts";

/** A model that is compared. */
export interface Contender {
  /** `provider:model`. */
  readonly name: string;
  readonly provider: Provider;
  readonly definition: Definition;
  readonly model: string;
}

/** One request that a comparison is going to send. */
export interface PlannedRun {
  readonly contender: Contender;
  readonly task: Task;
  /** From 1. */
  readonly run: number;
  readonly request: ChatRequest;
  /** US dollars that the answer costs at most. Absent: not known. */
  readonly mostCost?: number;
}

/** What a comparison is going to do. */
export interface Plan {
  readonly suite: Suite;
  readonly contenders: readonly Contender[];
  readonly runsPerTask: number;
  /** In the order of asking: models take turns, so that no hour of the day is only one's. */
  readonly runs: readonly PlannedRun[];
  /** By model, in the order in which they were given. */
  readonly costs: readonly { readonly model: string; readonly requests: number; readonly most?: number }[];
  /** US dollars of all requests at most. Absent: of one it is not known. */
  readonly mostCost?: number;
}

/** Estimated tokens are fewer than real ones in code and in languages other than English. */
const inputMargin = 2;

/** Plans a comparison, without sending a request. */
export function planRuns(suite: Suite, contenders: readonly Contender[], runsPerTask: number): Plan {
  const runs: PlannedRun[] = [];
  for (let run = 1; run <= runsPerTask; run++)
    for (const [index, task] of suite.tasks.entries())
      for (let turn = 0; turn < contenders.length; turn++) {
        const contender = contenders[(turn + index + run) % contenders.length]!;
        const request = toRequest(task, contender.model);
        const mostCost = mostCostOf(contender, request);
        runs.push({ contender, task, run, request, ...(mostCost !== undefined && { mostCost }) });
      }
  const costs = contenders.map(({ name }) => {
    const own = runs.filter(({ contender }) => contender.name === name);
    const most = sumOf(own);
    return { model: name, requests: own.length, ...(most !== undefined && { most }) };
  });
  const mostCost = sumOf(runs);
  return { suite, contenders, runsPerTask, runs, costs, ...(mostCost !== undefined && { mostCost }) };
}

/** Is it free? An endpoint without a key and without a price is. */
export function isFree({ definition, model }: Contender): boolean {
  return definition.auth === "none" && modelInfo(definition, model)?.price === undefined;
}

function mostCostOf(contender: Contender, request: ChatRequest): number | undefined {
  if (isFree(contender)) return 0;
  const limit: unknown = request["max_completion_tokens"] ?? request.max_tokens;
  const output = typeof limit === "number" ? limit : longestAnswer(contender);
  const input = inputMargin * estimateTokens([request.messages, request.tools ?? []]);
  return output === undefined ? undefined : dearestCost(contender, input, output);
}

function sumOf(runs: readonly PlannedRun[]): number | undefined {
  if (runs.some(({ mostCost }) => mostCost === undefined)) return undefined;
  return runs.reduce((total, { mostCost = 0 }) => total + mostCost, 0);
}
