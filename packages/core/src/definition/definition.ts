import type { Dialect } from "../chat/dialect.ts";
import type { Json, JsonObject } from "../json.ts";
import type { ErrorCode } from "../errors/provider-error.ts";

/** A key of `definition.sources`, or a page with the day it was read (YYYY-MM-DD). */
export type Source = string | readonly [url: string, asOf: string];

/** Dotted wire paths of the request as the caller wrote it → wanted value, or any of several; `null` means absent or null. All must hold. */
export type When = { readonly [path: string]: Json };

/**
 * What an endpoint does with one parameter.
 * - `rejected`: answers with that status; dropped and reported, or refused where it carries meaning (`tools`, `n` …).
 * - `ignored`: accepted without effect; sent and reported.
 * - `renamed`: known there under another wire name.
 * - `range`: numbers outside are clamped.
 * - `values`: old value → new value; a value that is not named passes.
 * - `conflictsWith`: dropped when any of these is set too.
 */
export type ParameterRule = {
  readonly source: Source;
  readonly models?: readonly string[] | RegExp;
  readonly when?: When;
} & (
  | { readonly rejected: number }
  | { readonly ignored: true }
  | { readonly renamed: string }
  | { readonly range: readonly [min: number, max: number] }
  | { readonly values: { readonly [from: string]: Json } }
  | { readonly conflictsWith: readonly string[] }
);

/** What the endpoint does with a field that it does not document. `known` serves the twin, the docs and the doctor; the client never drops by it. */
export type UnknownParameters = { readonly source: Source } & (
  | { readonly accepted: true }
  | { readonly ignored: true }
  | { readonly rejected: number; readonly known: readonly string[] }
);

/** What the endpoint asks of `messages`. */
export type MessageRules = {
  /** Allow-list of fields by role; others are left out. */
  readonly fields?: { readonly [role: string]: readonly string[] };
  readonly nulls?: "kept" | "stripped";
  /** "text": parts that are only text are joined to one string. */
  readonly content?: "parts" | "text";
  /** What a tool call's id must look like; other ids are mapped, always the same way, on both sides. */
  readonly toolCallId?: RegExp;
  /** Assistant text put between `tool` and `user`. */
  readonly afterTool?: string;
  /** Fields set on a last message of role assistant, e.g. `{ prefix: true }`. */
  readonly trailingAssistant?: JsonObject;
  readonly emptyAssistant?: "kept" | "removed";
  /** The role that system messages take; with a pattern, only for the models that match. */
  readonly system?: "system" | "developer" | { readonly developer: RegExp };
  readonly source: Source;
};

/** First match wins. `body` takes dotted paths. `example` is the documented body, with {parameter} and {value} holes, for the twin. */
export type ErrorRule = {
  readonly status?: number;
  readonly body?: { readonly [path: string]: string | RegExp };
  readonly code: ErrorCode;
  readonly retry?: boolean;
  /** What a person should do. `{error.param}` and the like are filled from the body. */
  readonly hint: string;
  readonly example?: Json;
  readonly source: Source;
};

/** What a quirk is told beside the JSON. */
export type WireContext = {
  readonly model: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
};

/** One documented departure from the dialect: a sentence, its proof, pure functions on wire JSON that return a new object. */
export type Quirk = {
  readonly name: string;
  readonly source: Source;
  readonly request?: (body: JsonObject) => JsonObject;
  readonly chunk?: (chunk: JsonObject, context: WireContext) => JsonObject;
  readonly error?: (body: Json, context: WireContext) => Json;
};

/** US dollars a million tokens. */
export type Price = {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly cacheWrite?: number;
};

/** What is known of a model. */
export type ModelInfo = {
  /** Tokens. */
  readonly context?: number;
  /** Tokens. */
  readonly maxOutput?: number;
  /** `tiers`: prices for requests of more than `above` input tokens; `peak`: the price at the vendor's peak hours. */
  readonly price?: Price & { readonly tiers?: readonly (Price & { readonly above: number })[]; readonly peak?: Price };
  readonly features?: readonly ("tools" | "images" | "json" | "schema" | "reasoning")[];
  /** `on`: YYYY-MM-DD; `use`: the successor. */
  readonly retired?: { readonly on: string; readonly use: string };
  readonly source: Source;
};

/** How the endpoint shapes its answers: what the twin imitates and the docs print. */
export type StreamingFacts = {
  readonly toolCalls: "whole" | "fragments";
  readonly usage: "with-finish" | "own-chunk" | "own-choice" | "none";
  /** The text of its keep-alive comments. */
  readonly comments?: string;
  readonly source: Source;
};

/** An endpoint as data. Everything else — client, contract tests, twin, configuration, docs — is derived from it. */
export type Definition = {
  /** `/^[a-z][a-z0-9-]{0,49}$/` */
  readonly id: string;
  readonly name: string;
  /** The vendor's documentation. */
  readonly docs: string;
  readonly baseURL: string;
  /** `header` is `authorization` and `scheme` is `Bearer` unless named. `page`: where a person makes a key. */
  readonly auth:
    | "none"
    | { readonly env: string; readonly page: string; readonly header?: string; readonly scheme?: string };
  /** Each page once, with the day it was read; rules name the key. */
  readonly sources?: { readonly [key: string]: readonly [url: string, asOf: string] };
  readonly dialect: Dialect;
  readonly models: { readonly [id: string]: ModelInfo };
  /** The model for titles and tests: cheap and quick. */
  readonly smallModel: string;
  readonly parameters?: { readonly [wireName: string]: ParameterRule | readonly ParameterRule[] };
  readonly unknownParameters?: UnknownParameters;
  readonly messages?: MessageRules;
  readonly streaming?: StreamingFacts;
  readonly quirks?: readonly Quirk[];
  readonly errors?: readonly ErrorRule[];
  readonly limits?: {
    /** The header that carries the request's id. */
    readonly requestId?: string;
    /** Finds the wait in the vendor's error text; group 1 is a duration such as `2m59.56s`, or seconds. */
    readonly waitText?: RegExp;
    readonly headers?: {
      readonly [header: string]: {
        readonly of: "requests" | "tokens";
        readonly is: "limit" | "remaining" | "reset";
        readonly unit: "count" | "seconds" | "milliseconds" | "epoch-ms" | "duration";
      };
    };
  };
  /** Wire fields (or "header:<name>") handed on unchanged in `result.metadata`. */
  readonly metadata?: readonly string[];
  /** Phantom: types the vendor's own parameters, e.g. `{} as { thinking?: { type: "enabled" | "disabled" } }`. No run time. */
  readonly request?: object;
};
