import type { JsonObject } from "../json.ts";

/** Any Standard Schema that can print itself as JSON Schema: zod 4.6 does, and is what the docs and templates use. */
export type ToolSchema<Input> = {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => unknown;
    readonly types?: { readonly input: unknown; readonly output: Input } | undefined;
  };
};

/** What a tool's `run` is given beside its input. */
export type ToolContext = {
  signal?: AbortSignal;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  apiKey?: string;
};

/** A tool as data: what a model may ask for, and the function that answers. */
export type ToolDefinition<Input, Output> = {
  readonly id: string;
  /** The name that the model sees: `/^[a-zA-Z0-9_-]{1,64}$/`. */
  readonly name: string;
  readonly description: string;
  readonly docs: string;
  readonly input: ToolSchema<Input>;
  readonly auth: "none" | { readonly env: string; readonly page: string };
  readonly run: (input: Input, context: ToolContext) => Promise<Output>;
  /** What the model reads. */
  readonly toText: (output: Output, options: { maxCharacters: number }) => string;
};

/** A running tool. */
// oxlint-disable-next-line no-unused-vars -- names what `run` takes, for the reader of a type
export type Tool<Input, Output> = {
  readonly id: string;
  /** The entry for a request's `tools`. */
  readonly spec: { type: "function"; function: { name: string; description: string; parameters: JsonObject } };
  /** The typed answer. Bad input is an error before any request. */
  run(input: unknown, options?: { signal?: AbortSignal }): Promise<Output>;
  /** The answer as text for a model, from the raw text of a tool call's arguments. */
  call(argumentsText: string, options?: { signal?: AbortSignal }): Promise<string>;
};

export type ToolOptions = {
  apiKey?: string | (() => string | Promise<string>);
  fetch?: (url: string, init?: RequestInit) => Promise<Response>;
  /** Milliseconds for the whole run; 60 s. */
  timeout?: number;
  /** Length of the text that `call` returns; 20,000. */
  maxCharacters?: number;
};

export type ToolFactory<Input, Output> = ((options?: ToolOptions) => Tool<Input, Output>) & {
  readonly definition: ToolDefinition<Input, Output>;
};
