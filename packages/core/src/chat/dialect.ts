import type { ChatEvent, FinishReason } from "./chat-event.ts";
import type { ChatRequest } from "./chat-request.ts";
import type { Change } from "./chat-result.ts";
import type { EmbedRequest, EmbedResult } from "./embed-request.ts";
import type { Json, JsonObject } from "../json.ts";

/** Turns the chunks of one answer into events. It has the state of that answer and of no other. */
export interface Decoder {
  /** Appends to `out`. Called once per wire chunk, or once with a whole JSON answer. The hot path. */
  push(chunk: JsonObject, out: ChatEvent[]): void;
  /** `terminated`: the framing's own end mark was seen. Throws when nothing says that the answer is complete. */
  end(terminated: boolean, out: ChatEvent[]): void;
  /** Was a finish reason seen? Token counts may follow it; a decoder without finish reasons leaves this out. */
  isFinished?(): boolean;
  /** Facts that no event carries: an id or model that came after `start`, and reasoning blocks that go back verbatim. */
  summary?(): AnswerSummary;
}

/** Facts of an answer that are complete only at its end. */
export interface AnswerSummary {
  id?: string;
  model?: string;
  /** The class of service that answered, if the endpoint names one. */
  tier?: string;
  reasoningDetails?: readonly unknown[];
  /** Fields of the assistant's message that go back verbatim, and only to the same provider. */
  messageFields?: JsonObject;
}

/** Which reasoning goes back with the history. `required-with-tools`: never missing on a turn that called tools. */
export type History = "omit" | "optional" | "required-with-tools" | "verbatim";

/** How an endpoint speaks Chat Completions. */
export interface ChatCompletionsOptions {
  /**
   * The field in which reasoning is sent back. Answers are read in every form, whatever this says.
   * @default "reasoning_content"
   */
  reasoning?: "reasoning_content" | "reasoning" | "details" | "parts";
  /**
   * Which reasoning goes back: `optional` sends all there is, `verbatim` also keeps blocks and signatures unchanged. By model
   * if a list is given: the first pattern that matches decides, and no match means `omit`.
   * @default "omit"
   */
  history?: History | readonly (readonly [models: RegExp, history: History])[];
  /**
   * `asked`: a stream counts tokens only when `stream_options.include_usage` asks for it, so core asks.
   * @default "volunteered"
   */
  usage?: "asked" | "volunteered";
  /**
   * Names of tags with reasoning inside content, e.g. `["think"]` for `<think>…</think>`. Chunks may cut a tag anywhere.
   * @default []
   */
  reasoningTags?: readonly string[];
  /**
   * Finish reasons that the dialect does not know: the endpoint's word → ours.
   * @default {}
   */
  finishReasons?: { readonly [raw: string]: FinishReason };
  /**
   * `cumulative`: each chunk repeats all text so far.
   * @default "deltas"
   */
  text?: "deltas" | "cumulative";
}

/**
 * A wire format: a pure codec between JSON and our types. No HTTP, no clock. `chatCompletions()` makes the one that nearly every
 * endpoint speaks; docs/authoring.md shows how to write your own.
 */
export interface Dialect {
  readonly name: string;
  /** `sse`: server-sent events, ended by `[DONE]`. `ndjson`: one JSON object a line. */
  readonly framing: "sse" | "ndjson";
  /** Appended to the base URL. */
  readonly paths: { readonly chat: string; readonly models: string };
  /** The request body. Everything that it adds or leaves out beyond the wire format is appended to `changes`, without `source`. */
  readonly encode: (request: ChatRequest, changes?: Omit<Change, "source">[]) => JsonObject;
  /** Makes a decoder for one answer. */
  readonly decoder: () => Decoder;
  /** The ids in the answer of `paths.models`. */
  readonly modelIds: (body: Json) => string[];
  /** The endpoint's own words in an error body; empty when the body is not an error. */
  readonly errorText: (body: Json) => { message?: string; code?: string };
  /**
   * Absent: the format has no embeddings. Whether an endpoint serves them is a fact of its definition (`embeddings`). `path` is
   * appended to the base URL. `decode` throws if the body has no embeddings; core checks their number and that they are
   * lists of numbers.
   */
  readonly embeddings?: {
    readonly path: string;
    readonly encode: (request: EmbedRequest) => JsonObject;
    readonly decode: (body: Json) => Omit<EmbedResult, "changes" | "response">;
  };
  /**
   * The other side of the format, which only twins load (a twin is a fake server made from a definition). `wire` is a `Wire`
   * of @llm-provider/testing. `chatCompletions()` needs none: the twin reads `settings`.
   */
  readonly server?: () => Promise<{ readonly wire: unknown }>;
  /** Present if the format is Chat Completions: how it is spoken. Twins and LibreChat's export read it. */
  readonly settings?: Readonly<Required<ChatCompletionsOptions>>;
}
