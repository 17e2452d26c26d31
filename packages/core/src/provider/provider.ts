import type { ChatEvent } from "../chat/chat-event.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import type { Change, ChatResult } from "../chat/chat-result.ts";
import type { Definition } from "../definition/definition.ts";
import type { EmbedRequest, EmbedResult } from "../chat/embed-request.ts";
import type { ProviderError } from "../errors/provider-error.ts";

/**
 * Events as they come, and the whole answer as a promise. No request is sent before one of the two is used. A stream can be
 * looped over once; leaving the loop aborts the request. `result` never causes an unhandled rejection.
 */
export type ChatStream = AsyncIterable<ChatEvent> & { readonly result: Promise<ChatResult> };

/** What would be sent. The key is not in it: its header names the environment variable instead. Other secrets are redacted. */
export interface Prepared {
  url: string;
  method: "POST";
  headers: Record<string, string>;
  // oxlint-disable-next-line typescript/no-explicit-any -- a wire body
  body: { [key: string]: any };
  /** Everything that core changed in the request, each with its reason. */
  changes: Change[];
}

/** The options of one call. Each defaults to the option of the provider. */
export interface CallOptions {
  /** Aborts the request; the call then fails with the code `aborted`. */
  signal?: AbortSignal;
  /** Sent beside the headers of the provider's options; these win over headers of the same name. */
  headers?: Record<string, string>;
  /** Milliseconds to the headers of the answer. */
  timeout?: number;
  /** Milliseconds between two pieces of an answer. */
  idleTimeout?: number;
  /** How often a failed request is sent again, if that may help. Never after the first event. */
  maxRetries?: number;
  /** Called after every HTTP request, beside the observer of the provider's options. Its exceptions are dropped. */
  onAttempt?: (attempt: Attempt) => void;
  /**
   * Called with the data of each event, each line of JSON, or a whole body, as it came and before it is parsed. It is not
   * scrubbed: an endpoint that repeats the key shows it here. Its exceptions are dropped.
   */
  onChunk?: (data: string) => void;
}

/** One HTTP request of a call, for a log: reported when it has ended. */
export interface Attempt {
  url: string;
  /** Secrets are redacted. */
  headers: Record<string, string>;
  // oxlint-disable-next-line typescript/no-explicit-any -- a wire body
  body: { [key: string]: any };
  /** Counts from 1. */
  attempt: number;
  status?: number;
  /** Milliseconds to the headers of the answer. */
  ms?: number;
  error?: ProviderError;
}

/** How a provider is reached and how long it waits. */
export interface ProviderOptions {
  /** The key, or a function that gets it for each call. @default the environment variable that the definition names */
  apiKey?: string | (() => string | Promise<string>);
  /**
   * Another address: https, or http on loopback or if neither a key nor a secret header is sent. A query is appended after every
   * path; a user or a hash is refused.
   */
  baseURL?: string;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** Replaces the global `fetch`: for tests, proxies and tracers. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /**
   * Milliseconds to the headers of the answer.
   * @default 60000
   */
  timeout?: number;
  /**
   * Milliseconds between two pieces of an answer.
   * @default 120000
   */
  idleTimeout?: number;
  /**
   * How often a failed request is sent again, if that may help. Never after the first event.
   * @default 2
   */
  maxRetries?: number;
  /**
   * Milliseconds. If an endpoint asks for a longer wait, its error is thrown instead.
   * @default 60000
   */
  maxWait?: number;
  /**
   * `error`: a request with a parameter that would be dropped is refused before sending.
   * @default "drop"
   */
  onUnsupported?: "drop" | "error";
  /** Called after every HTTP request. Its exceptions are dropped. */
  onAttempt?: (attempt: Attempt) => void;
}

/** A running client for one endpoint. Wrappers (fallback, cache, routing) take providers and return one. */
export interface Provider<Id extends string = string, Own extends object = {}> {
  readonly id: string;
  /** Absent if the provider combines several endpoints. */
  readonly definition?: Definition;
  /** The whole answer of a request sent with `stream: false`. Throws `ProviderError`. */
  chat(request: ChatRequest<Id, Own>, options?: CallOptions): Promise<ChatResult>;
  /** The events of a request sent with `stream: true`. Loop and `result` throw `ProviderError`. */
  stream(request: ChatRequest<Id, Own>, options?: CallOptions): ChatStream;
  /**
   * Vectors for texts, in their order. A list longer than the endpoint takes at once is sent in several requests, one after the
   * other. Throws `ProviderError`: `unsupported-parameter` if the definition does not list embeddings.
   */
  embed(request: EmbedRequest, options?: CallOptions): Promise<EmbedResult>;
  /** The endpoint's own list, each model with the catalogue's facts. */
  // oxlint-disable-next-line typescript/no-explicit-any -- every vendor has its own fields
  models(options?: CallOptions): Promise<{ id: string; [field: string]: any }[]>;
  /** What would be sent. Synchronous; never reads the key and sends no request. */
  prepare(request: ChatRequest<Id, Own>, options?: Pick<CallOptions, "headers">): Prepared;
}

/**
 * Makes clients of one endpoint: `acme()`, or `acme({ apiKey, baseURL … })`. Editors complete the ids of the catalogue,
 * and any other id passes.
 */
export type ProviderFactory<Id extends string = string, Own extends object = {}> = ((
  options?: ProviderOptions,
) => Provider<Id | (string & {}), Own>) & { readonly definition: Definition };
