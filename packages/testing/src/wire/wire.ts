import type { ChatRequest, Definition, FinishReason, Json, JsonObject, ToolCall } from "@llm-provider/core";

/** An error as the twin knows it, before the wire format gives it a shape. */
export interface WireError {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly parameter?: string;
}

/**
 * The JSON of a wire format, seen from the endpoint's side. The dialect in core turns requests into it and reads answers;
 * a wire does the reverse, and reads answers a second time, on its own, so that the two can be compared. Framing (events or
 * lines) is not its business. `chatCompletionsWire` is here; a dialect of another format
 * brings its wire in `dialect.server`.
 */
export interface Wire {
  /** The endpoint's words for the ends of an answer. */
  readonly finishReasons: Readonly<Partial<Record<FinishReason, string>>>;
  /** The request in the shape that a caller writes. */
  readonly readRequest: (body: JsonObject) => ChatRequest;
  /** Does the request ask for a stream? */
  readonly wantsStream: (body: JsonObject) => boolean;
  /** One whole answer. */
  readonly writeAnswer: (answer: Answer, definition: Definition) => JsonObject;
  /** The same as the chunks of a stream, in the shape of `definition.streaming`. `usage`: the request asked for it. */
  readonly writeChunks: (answer: Answer, definition: Definition, usage: boolean) => JsonObject[];
  readonly writeError: (error: WireError) => Json;
  readonly writeModels: (ids: readonly string[]) => Json;
  /** Reads what was recorded: one whole answer, or all chunks of a stream. */
  readonly readAnswer: (payloads: readonly JsonObject[]) => Answer;
}

/** Tokens of one answer; a count that is left out is not reported by the endpoint. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly total?: number;
  readonly cached?: number;
  readonly reasoning?: number;
}

/** One answer without its wire format: what a twin writes, and what the suite reads from a recording by itself. */
export interface Answer {
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
}
