import type { ChatRequest, Definition, Provider } from "@llm-provider/core";
import { dearestCost, estimateTokens, longestAnswer, modelInfo } from "@llm-provider/core/internal";
import type { Suite, Task } from "../suite/suite.ts";
import { toRequest } from "./to-request.ts";

/** A model in the comparison. */
export interface Contender {
  /** `provider:model`. */
  readonly name: string;
  readonly provider: Provider;
  readonly definition: Definition;
  readonly model: string;
}

/** One request that a comparison will send. */
export interface PlannedRun {
  readonly contender: Contender;
  readonly task: Task;
  /** From 1. */
  readonly run: number;
  readonly request: ChatRequest;
  /** The most that the answer can cost, in US dollars. Absent if unknown. */
  readonly mostCost?: number;
}

/** The requests of a comparison, and the most they can cost. */
export interface Plan {
  readonly suite: Suite;
  readonly contenders: readonly Contender[];
  readonly runsPerTask: number;
  /** In the order of sending. Models take turns, so that the time of day affects all alike. */
  readonly runs: readonly PlannedRun[];
  /** One entry per model, in the given order. */
  readonly costs: readonly { readonly model: string; readonly requests: number; readonly most?: number }[];
  /** The most that all requests can cost, in US dollars. Absent if it is unknown for any of them. */
  readonly mostCost?: number;
}

/** A factor, because estimates are too low for code and for languages other than English. */
const inputMargin = 2;

/** Plans a comparison. It sends nothing. */
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

/** An endpoint that needs no key and has no price is free. */
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
