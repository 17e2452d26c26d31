import type { Dialect } from "../chat/dialect.ts";
import type { ErrorCode } from "../chat/error-code.ts";
import type { Json, JsonObject } from "../json.ts";
import type { ParameterRule, UnknownParameters } from "./parameter-rule.ts";
import type { ModelInfo } from "./model-info.ts";
import type { Source } from "./source-of.ts";

/** What the endpoint requires of `messages`. Every change is reported in `result.changes`. */
export interface MessageRules {
  /** Allow-list of fields by role; other fields are left out. */
  readonly fields?: { readonly [role: string]: readonly string[] };
  /**
   * `stripped`: fields that are null are left out.
   * @default "kept"
   */
  readonly nulls?: "kept" | "stripped";
  /**
   * `text`: content that consists only of text parts is joined to one string.
   * @default "parts"
   */
  readonly content?: "parts" | "text";
  /** The content of an assistant turn that only calls tools. @default as the caller wrote it */
  readonly toolCallContent?: "null" | "empty" | "absent";
  /** The pattern of a tool call's id. Other ids are mapped, always the same way, in calls and answers alike. */
  readonly toolCallId?: RegExp;
  /** Assistant text that is put between a `tool` and a `user` message, if the endpoint refuses the two next to each other. */
  readonly afterTool?: string;
  /** Fields set on a last message of role assistant, e.g. `{ prefix: true }`. */
  readonly trailingAssistant?: JsonObject;
  /**
   * `removed`: an assistant message without content and calls is left out.
   * @default "kept"
   */
  readonly emptyAssistant?: "kept" | "removed";
  /** Neighbouring messages of one role are joined with a blank line. */
  readonly alternate?: true;
  /** All system messages become one, at the beginning. */
  readonly oneSystemFirst?: true;
  /** The role that system messages take; with a pattern, `developer` for the models that match. */
  readonly system?: "system" | "developer" | { readonly developer: RegExp };
  readonly source: Source;
}

/** How an endpoint's error is recognized: the first rule that matches decides. */
export interface ErrorRule {
  /** The HTTP status. @default any */
  readonly status?: number;
  /** Dotted path in the body → text, or pattern that the text there matches. All must match. */
  readonly body?: { readonly [path: string]: string | RegExp };
  readonly code: ErrorCode;
  /** May the same request succeed later? @default decided by the code */
  readonly retry?: boolean;
  /** What a person should do. `{error.param}` and the like are filled from the body. */
  readonly hint: string;
  /** The documented body, with {parameter} and {value} holes, for the twin. */
  readonly example?: Json;
  readonly source: Source;
}

/** The facts that a quirk gets beside the JSON. */
export interface WireContext {
  /** The requested model. */
  readonly model: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One documented departure from the dialect: a sentence, its proof, pure functions on wire JSON that return a new object. */
export interface Quirk {
  /** A sentence that says what the endpoint does, such as "Usage may be in a field of its own." */
  readonly name: string;
  readonly source: Source;
  /** Changes the request body, after all rules. */
  readonly request?: (body: JsonObject) => JsonObject;
  /** Changes each chunk before the dialect reads it, and a whole answer alike. */
  readonly chunk?: (chunk: JsonObject, context: WireContext) => JsonObject;
  /** Makes a `chunk` function for each answer, for quirks that need state. */
  readonly perAnswer?: () => (chunk: JsonObject, context: WireContext) => JsonObject;
  /** Changes an error body before the rules see it. */
  readonly error?: (body: Json, context: WireContext) => Json;
}

/** How the endpoint shapes its answers: what the twin imitates and the docs print. */
export interface StreamingFacts {
  /** Does a tool call come in one chunk or in pieces? */
  readonly toolCalls: "whole" | "fragments";
  /** Where the token counts of a stream are: in the chunk with the finish reason, in one without choices, in a choice. */
  readonly usage: "with-finish" | "own-chunk" | "own-choice" | "none";
  /** The text of its keep-alive comments. */
  readonly comments?: string;
  readonly source: Source;
}

/** How the endpoint refuses: what the twin imitates and the probe relies on. */
export interface Refusals {
  /** Which of several refused fields one answer names. */
  readonly names: "all" | "first" | "none";
  /** The status for a known field with a value of the wrong type, or `taken`. */
  readonly wrongTypes: number | "taken";
  readonly source: Source;
}

/** Facts that LibreChat needs and that the rest of a definition does not contain. */
export interface LibreChatFacts {
  /** The name in LibreChat's documentation: it picks the icon, and users' stored settings go by it. */
  readonly name?: string;
  /** The variable for the key, if the definition's own would do harm in LibreChat. */
  readonly env?: string;
  /** The Chat Completions address, if it is not the definition's base URL. */
  readonly baseURL?: string;
  /** LibreChat may fetch the list of models: the endpoint's list is current and correct. */
  readonly fetch?: true;
  /** LibreChat fetches context windows and prices of every model for endpoints of this name. */
  readonly fetchesTokenConfig?: true;
  /** `current_model` if titles would require loading a second model. */
  readonly titleModel?: "current_model";
  /** Does the endpoint have `/responses`? */
  readonly responses?: "served" | "missing";
  /** Its web search works through LibreChat's switch. */
  readonly webSearch?: true;
  /** Its Chat Completions endpoint counts the tokens of a stream only on request. */
  readonly usage?: "asked";
  readonly source: Source;
}

/** Where request ids, rate limits and waits are found. */
export interface LimitFacts {
  /**
   * The header with the request's id, in lower case.
   * @default "x-request-id"
   */
  readonly requestId?: string;
  /** Finds the wait in the vendor's error text. Group 1 is a duration such as `2m59.56s`, or seconds. */
  readonly waitText?: RegExp;
  /** Rate-limit header in lower case → what it counts and in which unit. */
  readonly headers?: {
    readonly [header: string]: {
      readonly of: "requests" | "tokens";
      readonly is: "limit" | "remaining" | "reset";
      readonly unit: "count" | "seconds" | "milliseconds" | "epoch-ms" | "duration";
    };
  };
}

/** How a key is sent. */
export interface KeyFacts {
  /** The environment variable, such as `ACME_API_KEY`. */
  readonly env: string;
  /** Where a person makes a key. */
  readonly page: string;
  /**
   * The header's name in lower case.
   * @default "authorization"
   */
  readonly header?: string;
  /**
   * The word before the key.
   * @default "Bearer" in `authorization`, nothing in other headers
   */
  readonly scheme?: string;
}

/** An endpoint as data. The client, the contract tests, the twin, LibreChat's configuration and the docs are derived from it. */
export interface Definition {
  /** `/^[a-z][a-z0-9-]{0,49}$/` */
  readonly id: string;
  /** The vendor's name, as people write it. */
  readonly name: string;
  /** The vendor's documentation. */
  readonly docs: string;
  /** https, or http on loopback or for an endpoint without a key. A query in it is appended after every path. */
  readonly baseURL: string;
  readonly auth: "none" | KeyFacts;
  /** Each page once, with the day it was read; facts name the key. A measured fact names the probe: `["probe of https://…", day]`. */
  readonly sources?: { readonly [key: string]: readonly [url: string, asOf: string] };
  /** The wire format: `chatCompletions({ … })` for nearly every endpoint. */
  readonly dialect: Dialect;
  /** The catalogue: model id → what is known about the model. */
  readonly models: { readonly [id: string]: ModelInfo };
  /** The model for titles and tests: cheap and quick. */
  readonly smallModel: string;
  /** Wire name → what the endpoint does with it. Parameters that no rule names are sent as they are. */
  readonly parameters?: { readonly [wireName: string]: ParameterRule | readonly ParameterRule[] };
  readonly unknownParameters?: UnknownParameters;
  readonly refusals?: Refusals;
  readonly messages?: MessageRules;
  readonly streaming?: StreamingFacts;
  readonly quirks?: readonly Quirk[];
  readonly errors?: readonly ErrorRule[];
  readonly limits?: LimitFacts;
  /** Wire fields (or "header:<name>") that are passed on unchanged in `result.metadata`. */
  readonly metadata?: readonly string[];
  readonly librechat?: LibreChatFacts;
  /**
   * The endpoint serves embeddings, and one request may contain up to `maxInputs` texts: `embed` splits longer input. Left out: `embed`
   * refuses.
   */
  readonly embeddings?: { readonly maxInputs: number; readonly source: Source };
  /**
   * Types the vendor's own parameters, e.g. `{} as { thinking?: { type: "enabled" | "disabled" } }`. For the compiler alone:
   * nothing reads it at run time.
   */
  readonly request?: object;
}
