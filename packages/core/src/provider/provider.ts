import type { ChatEvent } from "../chat/chat-event.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import type { Change, ChatResult } from "../chat/chat-result.ts";
import type { Definition } from "../definition/definition.ts";
import type { ProviderError } from "../errors/provider-error.ts";

/**
 * Events as they come, and the whole answer as a promise. No request is sent before one of the two is used. One loop a
 * stream; leaving it aborts the request. `result` never causes an unhandled rejection.
 */
export type ChatStream = AsyncIterable<ChatEvent> & { readonly result: Promise<ChatResult> };

/** What would be sent. The key is not in it: its header names the environment variable instead. */
export type Prepared = {
  url: string;
  method: "POST";
  headers: Record<string, string>;
  // oxlint-disable-next-line typescript/no-explicit-any -- a wire body
  body: { [key: string]: any };
  changes: Change[];
};

export type CallOptions = { signal?: AbortSignal };

/** One HTTP request of a call, for a log: told when it has ended. */
export type Attempt = {
  url: string;
  /** The key is redacted. */
  headers: Record<string, string>;
  // oxlint-disable-next-line typescript/no-explicit-any -- a wire body
  body: { [key: string]: any };
  /** Counts from 1. */
  attempt: number;
  status?: number;
  /** Milliseconds to the answer's headers. */
  ms?: number;
  error?: ProviderError;
};

export type ProviderOptions = {
  /** Read from the environment variable of the definition when left out. */
  apiKey?: string | (() => string | Promise<string>);
  /** https, or http on loopback or for an endpoint without a key; no user, query or hash. */
  baseURL?: string;
  headers?: Record<string, string>;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds to the headers; 60 s. */
  timeout?: number;
  /** Milliseconds between bytes; 120 s. */
  idleTimeout?: number;
  /** 2 */
  maxRetries?: number;
  /** Milliseconds; a longer wait is thrown, not slept; 60 s. */
  maxWait?: number;
  /** "drop" */
  onUnsupported?: "drop" | "error";
  onAttempt?: (attempt: Attempt) => void;
};

/** A running client for one endpoint. Wrappers (fallback, cache, routing) take Providers and return one. */
export type Provider<Id extends string = string> = {
  readonly id: string;
  /** The whole answer of a request sent with `stream: false`. */
  chat(request: ChatRequest<Id>, options?: CallOptions): Promise<ChatResult>;
  /** The events of a request sent with `stream: true`. */
  stream(request: ChatRequest<Id>, options?: CallOptions): ChatStream;
  /** The endpoint's own list, each model with what the catalogue knows of it. */
  // oxlint-disable-next-line typescript/no-explicit-any -- vendors list what they like
  models(options?: CallOptions): Promise<{ id: string; [field: string]: any }[]>;
  /** Synchronous; never reads the key; nothing is sent. */
  prepare(request: ChatRequest<Id>): Prepared;
};

/** The ids of the catalogue, completed by an editor; tomorrow's pass too. */
export type ModelId<D extends Definition> = Extract<keyof D["models"], string> | (string & {});

export type ProviderFactory<D extends Definition = Definition> = ((
  options?: ProviderOptions,
) => Provider<ModelId<D>>) & {
  readonly definition: D;
};
