import type { Usage } from "@llm-provider/core";

/** `<out>/results.json`: everything that a report, an export or a second look needs. */
export interface Results {
  readonly version: 1;
  /** ISO 8601, when the comparison began. */
  readonly date: string;
  readonly suite: { readonly name: string; readonly file?: string; readonly tasks: readonly ResultTask[] };
  /** How often each task was asked of each model. */
  readonly runsPerTask: number;
  readonly models: readonly ModelResult[];
  /** In the order in which they ended. */
  readonly runs: readonly RunResult[];
  /** Why not every planned run is here. Absent: all are. */
  readonly stopped?: { readonly by: "budget" | "interrupt"; readonly missing: number };
}

/** A task as it was asked. */
export interface ResultTask {
  readonly id: string;
  readonly prompt: string;
  readonly system?: string;
  /** The checks in words. */
  readonly checks: readonly string[];
}

/** One model over all its runs. Shares and costs are worked out from `runs`. */
export interface ModelResult {
  /** `provider:model`, as it was asked for. */
  readonly model: string;
  readonly runs: number;
  readonly passed: number;
  readonly failed: number;
  readonly refused: number;
  /** Runs without an answer, by error code: beside the pass rate, not in it. */
  readonly errors: { readonly [code: string]: number };
  /** Of the runs with an answer. Absent: there is none. The interval is Wilson's, 95 %. */
  readonly passRate?: { readonly value: number; readonly low: number; readonly high: number };
  /** Milliseconds. */
  readonly firstContent?: Quantiles;
  /** Milliseconds. */
  readonly total?: Quantiles;
  readonly tokensPerSecond?: Quantiles;
  readonly tokens: { readonly input: number; readonly output: number; readonly reasoning: number };
  /** US dollars. Absent where the price of one run is unknown. */
  readonly cost?: number;
  /** `cost` and `costPerSolved` are the most that they can be: the price depends on the hour, for example. */
  readonly costIsAtMost?: true;
  /** US dollars for each task that passed in most of its runs. */
  readonly costPerSolved?: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p90: number;
}

/** One answer to one task. */
export interface RunResult {
  readonly model: string;
  readonly task: string;
  /** From 1. */
  readonly run: number;
  readonly outcome: "pass" | "fail" | "refusal" | "error";
  readonly checks: readonly CheckResult[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly usage?: Usage;
  /** US dollars. */
  readonly cost?: number;
  /** The price depends on the hour or on something else that the answer does not tell, and `cost` is the most that it can be. */
  readonly costIsAtMost?: true;
  readonly ms: number;
  readonly firstContentMs?: number;
  /** What the model wrote. */
  readonly answer?: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: string }[];
  readonly finishReason?: string;
  /** What was changed in the request: `parameter: reason`. */
  readonly changes?: readonly string[];
}

/** One check of one answer. */
export interface CheckResult {
  /** In words: `contains "rivers"`. */
  readonly name: string;
  readonly pass: boolean;
  /** Why it failed, and how: what was expected and what came. */
  readonly reason?: string;
  /** Of a coding task: each of its tests. */
  readonly tests?: readonly { readonly name: string; readonly pass: boolean; readonly reason?: string }[];
}
