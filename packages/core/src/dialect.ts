import type { ChatEvent } from "./chat-event.ts";
import type { Change } from "./chat-result.ts";
import type { ChatRequest } from "./chat-request.ts";
import type { Json, JsonObject } from "./json.ts";

/** Turns the chunks of one answer into events. Holds the state of that answer and of no other. */
export type Decoder = {
  /** Appends to `out`. Called once per wire chunk, or once with a whole JSON answer. The hot path. */
  push(chunk: JsonObject, out: ChatEvent[]): void;
  /** `terminated`: the framing's own end mark was seen. Throws when neither it nor a finish reason was. */
  end(terminated: boolean, out: ChatEvent[]): void;
  /** Reasoning blocks that must go back verbatim with the assistant's message, if any came. */
  details?(): readonly unknown[] | undefined;
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
