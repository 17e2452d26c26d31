import type { Json } from "@llm-provider/core";

/** One item of `endpoints.custom` in librechat.yaml. Only what we write or simulate; a file may contain more. */
export type LibreChatEndpoint = {
  name: string;
  /** Absent: LibreChat talks OpenAI Chat Completions. */
  provider?: "anthropic";
  /** `${VARIABLE}` or `user_provided`. */
  apiKey: string;
  baseURL: string;
  models: { default: (string | { name: string; description?: string })[]; fetch?: boolean; userIdQuery?: boolean };
  titleConvo?: boolean;
  /** A model, or `current_model`. */
  titleModel?: string;
  modelDisplayLabel?: string;
  iconURL?: string;
  headers?: { [header: string]: string };
  /** Names of LibreChat's client (`streamUsage`), or wire fields if the client has no name for them. */
  addParams?: { [parameter: string]: Json };
  /** Literal keys: wire names, and the client's own if it renames. */
  dropParams?: string[];
  customParams?: CustomParams;
  /** US dollars per million tokens; `context` in tokens. */
  tokenConfig?: { [model: string]: TokenRates };
  /** `baseURL` is the whole URL. */
  directEndpoint?: boolean;
  /** Milliseconds between pieces of streamed text. */
  streamRate?: number;
};

/** The parts of an endpoint that shape a request, as in a file: `null` is a key without a value. */
export type SimulatedEndpoint = Pick<LibreChatEndpoint, "provider" | "titleModel"> & {
  [key in "name" | "baseURL" | "addParams" | "dropParams" | "customParams"]?: LibreChatEndpoint[key] | null | undefined;
};

export type CustomParams = {
  defaultParamsEndpoint?: string;
  reasoningFormat?: "disabled" | "reasoning_effort" | "reasoning_object";
  reasoningKey?: "reasoning" | "reasoning_content";
  includeReasoningContent?: boolean;
  includeReasoningHistory?: boolean;
  paramDefinitions?: { key: string; default?: Json; [field: string]: Json | undefined }[];
};

export type TokenRates = {
  prompt: number;
  completion: number;
  context: number;
  cacheRead?: number;
  cacheWrite?: number;
};
