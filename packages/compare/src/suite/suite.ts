import type { ContentPart, FunctionTool, JsonObject } from "@llm-provider/core";

/** The tasks of a `suite.yaml`, with files read and variables filled in. */
export interface Suite {
  readonly name: string;
  /** The path it was read from. */
  readonly file?: string;
  readonly tasks: readonly Task[];
}

/** One task. */
export interface Task {
  readonly id: string;
  readonly prompt: string;
  readonly system?: string;
  /** Content parts that go with the prompt: images and files. */
  readonly attachments: readonly ContentPart[];
  readonly tools: readonly FunctionTool[];
  /** Parameters of the request, by their names in the API. */
  readonly parameters: JsonObject;
  readonly checks: readonly Check[];
  /** The answers of a twin when the comparison runs on twins. */
  readonly twin: readonly ScriptedAnswer[];
}

/** The answer of a twin. A model's answers are used in turn, and the last one repeats. */
export interface ScriptedAnswer {
  /** `provider:model`. Absent if the answer is for every model without its own. */
  readonly model?: string;
  readonly text?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: JsonObject }[];
  /** The request fails with this status. */
  readonly error?: { readonly status: number; readonly message: string };
  /** The connection breaks after this number of bytes. */
  readonly cutAt?: number;
}

/** A condition that an answer must meet, or with `isNot` must not meet. */
export type Check = { readonly isNot?: boolean } & (
  | { readonly kind: "equals" | "contains"; readonly text: string }
  | { readonly kind: "regex"; readonly pattern: string; readonly flags: string }
  | { readonly kind: "json"; readonly schema?: JsonObject }
  | { readonly kind: "javascript"; readonly tests: string; readonly file?: string }
  | { readonly kind: "toolCall"; readonly name: string; readonly arguments?: JsonObject }
  /** US dollars. */
  | { readonly kind: "cost"; readonly most: number }
  /** Milliseconds to the end of the answer. */
  | { readonly kind: "latency"; readonly most: number }
  | { readonly kind: "words"; readonly least: number; readonly most?: number }
  | { readonly kind: "refusal" }
);

/** A mistake in a suite. */
export interface SuiteProblem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What is wrong and how to fix it, in a sentence. */
  readonly message: string;
}

/** A suite, or every mistake in it. */
export interface ReadSuite {
  readonly suite?: Suite;
  readonly problems: readonly SuiteProblem[];
}
