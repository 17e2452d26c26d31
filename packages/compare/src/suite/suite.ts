import type { FunctionTool, JsonObject } from "@llm-provider/core";

/** Tasks that models are asked, as a `suite.yaml` gives them, its files read. */
export interface Suite {
  readonly name: string;
  /** Where it was read. */
  readonly file?: string;
  readonly tasks: readonly Task[];
}

/** One task. */
export interface Task {
  readonly id: string;
  /** With its variables filled in. */
  readonly prompt: string;
  readonly system?: string;
  /** Content parts that go with the prompt: images and files. */
  readonly attachments: readonly JsonObject[];
  readonly tools: readonly FunctionTool[];
  /** Parameters of the request, by their wire names. */
  readonly parameters: JsonObject;
  readonly checks: readonly Check[];
  /** What fakes answer, by run; by model where it is given so, and `*` for the others. */
  readonly twin: { readonly [model: string]: readonly ScriptedAnswer[] };
}

/** What a fake answers, where a comparison runs on fakes. */
export interface ScriptedAnswer {
  readonly text?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: string }[];
  /** Refused with this status. */
  readonly error?: { readonly status: number; readonly message: string };
  /** The connection breaks after so many bytes. */
  readonly cutAt?: number;
}

/** What an answer has to be. */
export type Check = { readonly isNot: boolean } & (
  | { readonly kind: "equals" | "contains"; readonly text: string }
  | { readonly kind: "regex"; readonly pattern: string; readonly flags: string }
  | { readonly kind: "json"; readonly schema?: JsonObject }
  | { readonly kind: "javascript"; readonly tests: string; readonly file?: string }
  | { readonly kind: "toolCall"; readonly name: string; readonly arguments?: JsonObject }
  /** US dollars. */
  | { readonly kind: "cost"; readonly most: number }
  /** Milliseconds of the whole answer. */
  | { readonly kind: "latency"; readonly most: number }
  | { readonly kind: "words"; readonly least: number; readonly most: number }
  | { readonly kind: "refusal" }
);

/** A mistake in a suite. */
export interface SuiteProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A suite, or every mistake in it. */
export type ReadSuite = { readonly suite: Suite } | { readonly problems: readonly SuiteProblem[] };
