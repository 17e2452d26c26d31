import type { ChatRequest, Definition, FinishReason, Json, JsonObject, ToolCall } from "@llm-provider/core";

/** The differences of a second wire format that the endpoint speaks under another path. */
export type Face = Pick<Definition, "name" | "baseURL" | "dialect"> & Partial<Definition>;

/** An error before the wire format gives it a shape. */
export interface WireError {
  /** HTTP status. */
  readonly status: number;
  readonly message: string;
  /** The endpoint's own kind of error: `invalid_request_error`. */
  readonly type: string;
  /** The parameter at fault. */
  readonly parameter?: string;
}

/**
 * The JSON of a wire format, seen from the endpoint's side. The dialect writes requests and reads answers; a wire reads
 * requests and writes answers. It also reads recorded answers, independently of the dialect, so that the contract tests can
 * compare the two. The kit does the framing (events or lines). Chat Completions has `chatCompletionsWire`, and a definition
 * of that format has only its differences in `dialect.server`; a dialect of another format has its whole wire there.
 */
export interface Wire {
  /** The endpoint's own word for each finish reason. */
  readonly finishReasons: Readonly<Partial<Record<FinishReason, string>>>;
  /** The request in the caller's form. */
  readonly readRequest: (body: JsonObject) => ChatRequest;
  /** Does the request ask for a stream? */
  readonly wantsStream: (body: JsonObject) => boolean;
  /** The body of a whole answer. */
  readonly writeAnswer: (answer: Answer, definition: Definition) => JsonObject;
  /** The same answer as chunks of a stream, as `definition.streaming` says. `usage`: the request asked for token counts. */
  readonly writeChunks: (answer: Answer, definition: Definition, usage: boolean) => JsonObject[];
  /** The body of an error. */
  readonly writeError: (error: WireError) => Json;
  /** The body of the list of models. */
  readonly writeModels: (ids: readonly string[], definition: Definition) => Json;
  /** The endpoint counts the tokens of its reasoning and never sends the text. */
  readonly hidesReasoning?: true;
  /**
   * Other formats that the same server speaks, each under its own base path.
   * @default []
   */
  readonly faces?: readonly Face[];
  /** Reads a request for embeddings. Absent, like `embeddings` below, if the format has none. */
  readonly readEmbeddings?: (body: JsonObject) => {
    readonly model: string;
    readonly input: readonly string[];
    readonly dimensions?: number;
  };
  /** The body of an answer with vectors. */
  readonly writeEmbeddings?: (answer: Embeddings) => JsonObject;
  /** Reads a recorded answer: one whole body, or all chunks of a stream. */
  readonly readAnswer: (payloads: readonly JsonObject[]) => Answer;
}

/** Vectors before the wire format gives them a shape. */
export interface Embeddings {
  readonly model: string;
  /** In the order of the texts. */
  readonly embeddings: readonly (readonly number[])[];
  readonly tokens: number;
}

/** Token counts of one answer. A count that is left out was not reported. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly total?: number;
  readonly cached?: number;
  readonly reasoning?: number;
}

/** One answer without its wire format: twins write it, and the contract tests read it from recordings. */
export interface Answer {
  readonly id: string;
  readonly model: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly text: string;
  readonly reasoning: string;
  /** Blocks that must go back verbatim, if the wire format has any. */
  readonly reasoningDetails?: readonly Json[];
  readonly toolCalls: readonly ToolCall[];
  /** The endpoint's own word; undefined if it sent none. */
  readonly finishReason: string | undefined;
  readonly tokens?: Tokens;
  /**
   * How many copies of the answer are sent, as `n` requests.
   * @default 1
   */
  readonly choices?: number;
  /** More fields of the body, by dotted path: what `definition.metadata` names. */
  readonly extra: { readonly [path: string]: Json };
}
