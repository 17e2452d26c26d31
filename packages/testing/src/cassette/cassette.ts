import type { Json, JsonObject } from "@llm-provider/core";

/** One request and its answer: a nock definition with more fields. */
export interface Interaction {
  /** Origin with port: `https://api.acme.ai:443`. */
  readonly scope: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** JSON; the text if it is not JSON; empty if there is no body. */
  readonly body: Json;
  /** The headers that a tool sent, names in lower case, the key masked. Recordings of a provider leave them out: its definition has them. */
  readonly requestHeaders?: { readonly [name: string]: string };
  /** What the caller passed in: a tool's input, or the request that rules or quirks turned into `body`. */
  readonly asked?: JsonObject;
  readonly status: number;
  /** The exact bytes: as text if they are UTF-8, else in hex. */
  readonly response: string;
  readonly responseIsBinary?: true;
  /** Name, value, name, value. Only headers that describe the answer. */
  readonly rawHeaders: readonly string[];
  /** `"12:340 90:17"`: after 12 ms came 340 bytes, after 90 ms (from the headers) 17 more. */
  readonly reads: string;
  /** How the body ended: by itself, by the client, or by an error. An error with status 0 means that no answer came. */
  readonly ended: "eof" | "cancelled" | `error:${string}`;
}

/**
 * Where a cassette comes from: `live` from the real host, written by the record command; `documented` from a page that it
 * names; `local` from another project's server on this machine, such as llama.cpp; `twin` from the definition's twin.
 */
export type Origin = "live" | "documented" | "local" | "twin";

/** Where, when and how a cassette was made. */
export interface CassetteMeta {
  readonly origin: Origin;
  /** The page it was written from, and the day it was read: `documented` only. */
  readonly source?: readonly [url: string, asOf: string];
  /** ISO 8601. */
  readonly recordedAt: string;
  /** The package that recorded it, with its version. */
  readonly recordedBy: string;
  /** Package or id of the adapter. */
  readonly adapter: string;
  readonly node: string;
  readonly host: string;
  /** `requested → answered` for each model. */
  readonly models: readonly string[];
  /** Names of the scrubbing rules that removed something. */
  readonly scrubbed: readonly string[];
  /** SHA-256 of all requests. */
  readonly requestHash: string;
  /** SHA-256 of the file, with these 64 characters as zeros. */
  readonly sha256: string;
}

/** The recording of one scenario. `nock.define(cassette.interactions)` loads it. */
export interface Cassette {
  readonly format: 1;
  readonly scenario: string;
  readonly meta: CassetteMeta;
  readonly interactions: readonly Interaction[];
}
