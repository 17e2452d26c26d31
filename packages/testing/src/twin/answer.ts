import type { Json, ToolCall } from "@llm-provider/core";

/** Tokens of one answer; a count that is left out is not reported by the endpoint. */
export type Tokens = {
  readonly input: number;
  readonly output: number;
  readonly total?: number;
  readonly cached?: number;
  readonly reasoning?: number;
};

/** One answer without its wire format: what a twin writes, and what the suite reads from a recording by itself. */
export type Answer = {
  readonly id: string;
  readonly model: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly text: string;
  readonly reasoning: string;
  /** Blocks that must go back verbatim, where the wire format has them. */
  readonly reasoningDetails?: readonly Json[];
  readonly toolCalls: readonly ToolCall[];
  /** The endpoint's own word; undefined where none came. */
  readonly finishReason: string | undefined;
  readonly tokens?: Tokens;
  /** Dotted wire path → value, put on the answer as they are (`definition.metadata`). */
  readonly extra: { readonly [path: string]: Json };
};
