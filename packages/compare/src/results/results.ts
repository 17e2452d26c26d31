import type { Usage } from "@llm-provider/core";

/** The content of `<out>/results.json`: everything that the report and the exports need. */
export interface Results {
  readonly version: 1;
  /** When the comparison began, in ISO 8601. */
  readonly date: string;
  readonly suite: { readonly name: string; readonly file?: string; readonly tasks: readonly ResultTask[] };
  /** How often each task was asked of each model. */
  readonly runsPerTask: number;
  readonly models: readonly ModelResult[];
  /** In the order in which they finished. */
  readonly runs: readonly RunResult[];
  /** Why planned runs are missing. Absent if none are. */
  readonly stopped?: { readonly by: "budget" | "interrupt"; readonly missing: number };
}

/** A task as the models got it. */
export interface ResultTask {
  readonly id: string;
  readonly prompt: string;
  readonly system?: string;
  /** The checks in words. */
  readonly checks: readonly string[];
}

/** The summary of a model's runs. */
export interface ModelResult {
  /** `provider:model`. */
  readonly model: string;
  readonly runs: number;
  readonly passed: number;
  readonly failed: number;
  readonly refused: number;
  /** Runs without an answer, by error code. They do not count towards the pass rate. */
  readonly errors: { readonly [code: string]: number };
  /** The share of answers that passed, with Wilson's 95% interval. Absent without answers. */
  readonly passRate?: { readonly value: number; readonly low: number; readonly high: number };
  /** Milliseconds. */
  readonly firstContent?: Quantiles;
  /** Milliseconds. */
  readonly total?: Quantiles;
  readonly tokensPerSecond?: Quantiles;
  readonly tokens: { readonly input: number; readonly output: number; readonly reasoning: number };
  /** US dollars. Absent if the cost of any answer is unknown. */
  readonly cost?: number;
  /** `cost` and `costPerSolved` are upper bounds, for example because the price depends on the hour. */
  readonly costIsAtMost?: true;
  /** US dollars per solved task. A task is solved if most of its answers passed. */
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
  /** `cost` is an upper bound, because the price depends on the hour or on something else that the answer does not tell. */
  readonly costIsAtMost?: true;
  readonly ms: number;
  readonly firstContentMs?: number;
  /** The text of the answer. */
  readonly answer?: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: string }[];
  readonly finishReason?: string;
  /** Changes that the provider made to the request, as `parameter: reason`. */
  readonly changes?: readonly string[];
}

/** One check of one answer. */
export interface CheckResult {
  /** In words: `contains "rivers"`. */
  readonly name: string;
  readonly pass: boolean;
  /** Why the check failed: what was expected, and what the answer was. */
  readonly reason?: string;
  /** The single tests of a `javascript` check. */
  readonly tests?: readonly { readonly name: string; readonly pass: boolean; readonly reason?: string }[];
}
