import type { FunctionTool } from "../chat/chat-request.ts";

/** Any Standard Schema that can print itself as JSON Schema: zod 4.6 does, and is what the docs and templates use. */
export interface ToolSchema<Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => unknown;
    readonly types?: { readonly input: unknown; readonly output: Input } | undefined;
  };
}

/** The context that `execute` receives beside its input. */
export interface ToolContext {
  /** Aborted when the caller gives up or `timeout` has passed. `fetch` listens to it already. */
  signal?: AbortSignal;
  /** Where the tool sends its requests, without a trailing slash: the option, else the definition's; `""` if neither names one. */
  baseURL: string;
  /**
   * Sends a request that ends with `signal`, and with a signal in `init`. A failed connection is a `ProviderError` with code
   * `network` that names the origin. With a key, a redirect is not followed but thrown, since it could carry the key elsewhere;
   * a tool without a key follows redirects.
   */
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** The key of this call. Absent with `auth: "none"`, and where an optional key is not set. */
  apiKey?: string;
}

/** A tool as data: its description for the model, and the function that answers a call. `defineTool` makes it callable. */
export interface ToolDefinition<Input, Output> {
  /** Names the tool in errors (`error.provider`), such as `"weather"`. */
  readonly id: string;
  /** The name that the model sees: `/^[a-zA-Z0-9_-]{1,64}$/`. */
  readonly name: string;
  /** What the tool does and when to use it, written for the model. */
  readonly description: string;
  /** The page that documents the tool or its API. */
  readonly docs: string;
  /** Where the API is. https, or http on loopback, or http without a key; no query, hash or user. Leave it out if the tool sends no HTTP request. */
  readonly baseURL?: string;
  /** Checks and completes the input, and prints the JSON Schema in `spec`. */
  readonly input: ToolSchema<Input>;
  /**
   * `env` is the environment variable of the key, `page` is where a person makes one. `optional`: there are servers that need
   * no key, so without one the request goes out without one.
   */
  readonly auth: "none" | { readonly env: string; readonly page: string; readonly optional?: true };
  /**
   * Answers one call. `input` has been checked. Throw a `ProviderError` if the API refuses the call; any other exception
   * reaches the caller as `tool-failed`, with its cause.
   */
  readonly execute: (input: Input, context: ToolContext) => Promise<Output>;
  /** The text for the model. Longer text is cut at `maxCharacters`. */
  readonly toText: (output: Output, options: { maxCharacters: number }) => string;
}

/** A running tool. All errors are `ProviderError`s without the key. */
// oxlint-disable-next-line no-unused-vars -- names what `execute` takes, for the reader of a type
export interface Tool<Input, Output> {
  readonly id: string;
  /** The entry for a request's `tools`. */
  readonly spec: FunctionTool;
  /**
   * Gives the typed output.
   * @throws ProviderError `tool-call-invalid` or `missing-key` before any request; `network`, `timeout`, `aborted`; a refusal of the API
   * under its own code; `tool-failed` if the tool's own code threw.
   */
  execute(input: unknown, options?: { signal?: AbortSignal }): Promise<Output>;
  /**
   * Takes the arguments as the model wrote them and returns the text for the model.
   * @throws ProviderError as `execute` does; also if the arguments are not JSON.
   */
  call(argumentsText: string, options?: { signal?: AbortSignal }): Promise<string>;
}

export interface ToolOptions {
  /** The key, or a function that is called at each call. @default the environment variable `auth.env` */
  apiKey?: string | (() => string | Promise<string>);
  /** Another address of the API: a proxy, a twin. The definition's rules for `baseURL` apply. @default the definition's `baseURL` */
  baseURL?: string;
  /** Sends the requests. @default the global `fetch` */
  fetch?: (url: string, init?: RequestInit) => Promise<Response>;
  /** Milliseconds for one whole call. @default 60000 */
  timeout?: number;
  /** The most characters of the text that `call` returns. @default 20000 */
  maxCharacters?: number;
}

/** `factory(options)` makes a running tool; `factory.definition` is its data. */
export interface ToolFactory<Input, Output> {
  /** @throws ProviderError `invalid-request` if a key could leak through `baseURL`; TypeError if the schema cannot print itself. */
  (options?: ToolOptions): Tool<Input, Output>;
  readonly definition: ToolDefinition<Input, Output>;
}
