import type { ChatRequest, Definition, FinishReason, Json, JsonObject } from "@llm-provider/core";
import type { Answer } from "./answer.ts";

/** An error as the twin knows it, before the wire format gives it a shape. */
export type WireError = {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly parameter?: string;
};

/** Vectors as a twin makes them, before the wire format gives them a shape. */
export type Embeddings = {
  readonly model: string;
  /** In the order of the texts. */
  readonly embeddings: readonly (readonly number[])[];
  readonly tokens: number;
};

/**
 * The JSON of a wire format, seen from the endpoint's side. The dialect in core turns requests into it and reads answers;
 * a wire does the reverse, and reads answers a second time, on its own, so that the two can be compared. Framing (events or
 * lines) is not its business. `chatCompletionsWire` is here; a dialect of another format
 * brings its wire in `dialect.server`.
 */
export type Wire = {
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
  /** What a request for embeddings asks for. Absent, with its twin below, where the format has none. */
  readonly readEmbeddings?: (body: JsonObject) => {
    readonly model: string;
    readonly input: readonly string[];
    readonly dimensions?: number;
  };
  readonly writeEmbeddings?: (answer: Embeddings) => JsonObject;
  /** Reads what was recorded: one whole answer, or all chunks of a stream. */
  readonly readAnswer: (payloads: readonly JsonObject[]) => Answer;
};
