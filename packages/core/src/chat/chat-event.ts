/** One call of a tool, complete. */
export type ToolCall = {
  id: string;
  name: string;
  /** Raw text, as it came; usually, but not certainly, JSON. */
  arguments: string;
};

/** Why the model stopped, in one vocabulary for all endpoints; the endpoint's own word is in `rawFinishReason`. */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "error" | "other";

/** Tokens; `cost` in US dollars, only where the price is unambiguous. */
export type Usage = {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  cachedInputTokens?: number;
  reasoningTokens?: number;
  cost?: number;
};

/**
 * What a stream yields. `start` comes once and first, `finish` once and last. The deltas of a tool call join exactly to
 * `toolCall.arguments`. `index` is dense and counts from 0.
 */
export type ChatEvent =
  | { type: "start"; id?: string; model?: string }
  | { type: "text"; text: string }
  | { type: "reasoning"; text: string }
  | { type: "tool-call-start"; index: number; id: string; name: string }
  | { type: "tool-call-delta"; index: number; arguments: string }
  | { type: "tool-call"; index: number; toolCall: ToolCall }
  | { type: "finish"; finishReason: FinishReason; rawFinishReason?: string; usage?: Usage };
