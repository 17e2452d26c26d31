import type { ContentPart, FunctionTool, JsonObject } from "@llm-provider/core";

/** Tasks that models are asked, as a `suite.yaml` gives them, with its files read and its variables filled in. */
export interface Suite {
  readonly name: string;
  /** Where it was read. */
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
  /** Parameters of the request, by their wire names. */
  readonly parameters: JsonObject;
  readonly checks: readonly Check[];
  /** What fakes answer where a comparison runs on fakes. */
  readonly twin: readonly ScriptedAnswer[];
}

/** What a fake answers. The answers that are for a model are used in turn, and the last of them again and again. */
export interface ScriptedAnswer {
  /** `provider:model`. Absent: every model that has none of its own. */
  readonly model?: string;
  readonly text?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: JsonObject }[];
  /** The request is refused with this status. */
  readonly error?: { readonly status: number; readonly message: string };
  /** The connection breaks after this number of bytes. */
  readonly cutAt?: number;
}

/** What an answer has to be, or with `isNot` must not be. */
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
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
}

/** A suite, or every mistake in it. */
export interface ReadSuite {
  readonly suite?: Suite;
  readonly problems: readonly SuiteProblem[];
}
