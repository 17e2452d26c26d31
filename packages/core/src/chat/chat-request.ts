/** One part of a message's content, as on the wire: `{ type: "text", text }`, `{ type: "image_url", image_url }` and so on. */
export interface ContentPart {
  type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the openai package's interfaces have no index signature
  [field: string]: any;
}

/** A tool call as the wire has it: `{ id, type: "function", function: { name, arguments } }`. */
export interface ToolCallOnWire {
  id: string;
  type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- as ContentPart
  [field: string]: any;
}

/** What the assistant said. `ChatResult.message` is one of these, ready to append to the next request. */
export interface AssistantMessage {
  role: "assistant";
  content?: string | null | readonly ContentPart[] | undefined;
  /** The model's reasoning as text. It goes back in the form that the endpoint asks for, or not at all. */
  reasoning?: string | null | undefined;
  /** Opaque reasoning blocks, signatures among them. They go back verbatim, and only to the provider that wrote them. */
  reasoning_details?: readonly unknown[] | undefined;
  /** The id of the provider that wrote this message. Core sets it and never sends it. */
  provider?: string | undefined;
  tool_calls?: readonly ToolCallOnWire[] | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- as ContentPart
  [field: string]: any;
}

/** One message of a conversation, in the shape of OpenAI Chat Completions. */
export type Message =
  | {
      role: "system" | "developer" | "user" | "function";
      content: string | null | readonly ContentPart[];
      name?: string | undefined;
    }
  | AssistantMessage
  | { role: "tool"; tool_call_id: string; content: string | readonly ContentPart[] };

/** A function that the model may call. `parameters` is a JSON Schema. */
export interface FunctionTool {
  type: "function";
  function: {
    name: string;
    description?: string | undefined;
    /** JSON Schema of the arguments. */
    parameters?: object | undefined;
    strict?: boolean | null | undefined;
  };
}

/**
 * The common parameters under their wire names. An endpoint may refuse, ignore or rename some of them: its
 * definition says so, and every change is reported in `result.changes`.
 */
export interface CommonParameters {
  /** Randomness: 0 is the most predictable. Most endpoints take 0 to 2. */
  temperature?: number | null | undefined;
  /** Nucleus sampling: only the likeliest tokens whose probabilities add up to this, from 0 to 1. */
  top_p?: number | null | undefined;
  /** The most tokens that the answer may have. */
  max_tokens?: number | null | undefined;
  /** The most tokens that answer and reasoning may have together: the newer name of `max_tokens`. */
  max_completion_tokens?: number | null | undefined;
  /** How many answers to make. Only the first one is read. */
  n?: number | null | undefined;
  /** The same seed and request give the same answer, as far as the endpoint can. */
  seed?: number | null | undefined;
  /** Texts that end the answer. */
  stop?: string | readonly string[] | null | undefined;
  /** Above 0 the model says new things rather than old ones. Usually -2 to 2. */
  presence_penalty?: number | null | undefined;
  /** Above 0 the model repeats itself less. Usually -2 to 2. */
  frequency_penalty?: number | null | undefined;
  /** Token id → the number that is added to its score, from -100 to 100. */
  logit_bias?: { readonly [token: string]: number } | null | undefined;
  /** Ask for the probability of each token. */
  logprobs?: boolean | null | undefined;
  /** How many alternatives `logprobs` lists for each token. */
  top_logprobs?: number | null | undefined;
  /** The caller's own id for the person who asks, for the vendor's abuse checks. */
  user?: string | undefined;
  /** Extras of a stream: `include_usage` asks for token counts. Core sets it if the endpoint counts only on request. */
  stream_options?: { include_usage?: boolean | undefined } | null | undefined;
  /** The tools that the model may call. Never dropped: if an endpoint cannot take tools, the request is refused. */
  // oxlint-disable-next-line typescript/no-explicit-any -- vendors have tools of their own
  tools?: readonly (FunctionTool | { type: string; [field: string]: any })[] | undefined;
  /** Which tool the model must call, if any. */
  // oxlint-disable-next-line typescript/no-explicit-any -- as tools
  tool_choice?: "auto" | "none" | "required" | { type: string; [field: string]: any } | undefined;
  /** Whether one answer may contain several calls. */
  parallel_tool_calls?: boolean | undefined;
  /** Text, a JSON object, or JSON of a schema: `{ type: "json_schema", json_schema: { name, schema } }`. */
  // oxlint-disable-next-line typescript/no-explicit-any -- vendors have formats of their own
  response_format?: { type: string; [field: string]: any } | undefined;
}

/**
 * An OpenAI Chat Completions body. `Id` are the model ids of the catalogue, `Own` the vendor's own parameters. A wrong value
 * of a known name does not compile; an unknown name passes and is sent as it is. The shared parameters are the
 * interface itself wherever it fits: of a mapped type, an editor shows no sentences.
 */
export type ChatRequest<Id extends string = string, Own extends object = {}> = {
  /** A model's id. Editors complete the ids of the catalogue; any other id is sent too. */
  model: Id;
  /** The conversation, oldest first. */
  messages: readonly Message[];
} & (keyof Own & keyof CommonParameters extends never ? CommonParameters : Omit<CommonParameters, keyof Own>) & {
    [Name in keyof Own]?: Own[Name] | undefined;
  } & {
    /** `any`, so that interfaces of other packages are assignable. */
    // oxlint-disable-next-line typescript/no-explicit-any -- see above
    [parameter: string]: any;
  };
