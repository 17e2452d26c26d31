import type { JsonObject } from "../json.ts";

/** One call of a tool, complete. */
export interface ToolCall {
  /** Links the call to its answer: the `tool_call_id` of the message that answers it. */
  id: string;
  name: string;
  /** Raw text, as it came: usually, but not certainly, JSON. A custom tool's input is here as it came. */
  arguments: string;
  /** A call of a custom tool, whose input is text and not JSON. */
  kind?: "custom";
  /** Unknown fields of the call. They go back verbatim, and only to the same provider. */
  extra?: JsonObject;
}

/** Why the model stopped, in one vocabulary for all endpoints. `rawFinishReason` has the endpoint's own word. */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "error" | "other";

/** Token counts of one answer. */
export interface Usage {
  /** Tokens of the request, cached ones included. */
  inputTokens: number;
  /** Tokens of the answer, reasoning included. */
  outputTokens: number;
  totalTokens: number;
  /** Input tokens that the endpoint took from its cache. */
  cachedInputTokens?: number;
  /** Output tokens that were reasoning. */
  reasoningTokens?: number;
  /** US dollars. Only if the price is unambiguous. */
  cost?: number;
}

/**
 * What a stream yields. `start` comes once and first, `finish` once and last. The deltas of a tool call join exactly to
 * `toolCall.arguments`. `index` counts the calls of one answer from 0 without gaps.
 */
export type ChatEvent =
  | { type: "start"; id?: string; model?: string }
  /** `refusal`: the model's own words if it refused. */
  | { type: "text"; text: string; refusal?: true }
  | { type: "reasoning"; text: string }
  /** A data or https URL. */
  | { type: "image"; url: string }
  | { type: "tool-call-start"; index: number; id: string; name: string; kind?: "custom" }
  | { type: "tool-call-delta"; index: number; arguments: string }
  | { type: "tool-call"; index: number; toolCall: ToolCall }
  | { type: "finish"; finishReason: FinishReason; rawFinishReason?: string; usage?: Usage };
