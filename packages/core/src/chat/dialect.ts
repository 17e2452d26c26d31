import type { ChatEvent } from "./chat-event.ts";
import type { Change } from "./chat-result.ts";
import type { ChatRequest } from "./chat-request.ts";
import type { Json, JsonObject } from "../json.ts";

/** Turns the chunks of one answer into events. Holds the state of that answer and of no other. */
export type Decoder = {
  /** Appends to `out`. Called once per wire chunk, or once with a whole JSON answer. The hot path. */
  push(chunk: JsonObject, out: ChatEvent[]): void;
  /** `terminated`: the framing's own end mark was seen. Throws when neither it nor a finish reason was. */
  end(terminated: boolean, out: ChatEvent[]): void;
  /** What no event carries: an id or model that came after `start`, and reasoning blocks that go back verbatim. */
  summary?(): AnswerSummary;
};

/** Facts of an answer that are complete only at its end. */
export type AnswerSummary = {
  id?: string;
  model?: string;
  /** The class of service that answered, where the endpoint names one. */
  tier?: string;
  reasoningDetails?: readonly unknown[];
};

/** A wire format: a pure codec between JSON and our types. No HTTP, no clock. */
export type Dialect = {
  readonly name: string;
  readonly framing: "sse" | "ndjson";
  /** Appended to the base URL. */
  readonly paths: { readonly chat: string; readonly models: string };
  /** The request body. What it adds or leaves out beyond the wire format is appended to `changes`, without `source`. */
  readonly encode: (request: ChatRequest, changes?: Omit<Change, "source">[]) => JsonObject;
  readonly decoder: () => Decoder;
  /** The ids in the answer of `paths.models`. */
  readonly modelIds: (body: Json) => string[];
  /** The endpoint's own words in an error body; empty when the body is no error. */
  readonly errorText: (body: Json) => { message?: string; code?: string };
};
