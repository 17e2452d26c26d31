import type { Json, JsonObject } from "@llm-provider/core";

/** One request and its answer: a nock definition, and beside it what nock does not know. */
export interface Interaction {
  /** Origin with port: `https://api.acme.ai:443`. */
  readonly scope: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** JSON; the text where it is none; empty where there is none. */
  readonly body: Json;
  /** Documented cassettes: what the caller gave, where quirks or rules make `body` of it. */
  readonly asked?: JsonObject;
  readonly status: number;
  /** The exact bytes: as text where they are UTF-8, else in hex. */
  readonly response: string;
  readonly responseIsBinary?: true;
  /** Name, value, name, value. Only headers that say something about the answer. */
  readonly rawHeaders: readonly string[];
  /** `"12:340 90:17"`: after 12 ms came 340 bytes, after 90 ms (from the headers) 17 more. */
  readonly reads: string;
  /** How the body ended: by itself, by the client, by an error. `error` with status 0: no answer came at all. */
  readonly ended: "eof" | "cancelled" | `error:${string}`;
}

/** Where a cassette comes from. `live` is written by the record command alone, talking to a real host. */
export type Origin = "live" | "documented" | "twin";

export interface CassetteMeta {
  readonly origin: Origin;
  /** The page it was written from, and the day it was read: `documented` only. */
  readonly source?: readonly [url: string, asOf: string];
  readonly recordedAt: string;
  readonly recordedBy: string;
  /** Package or id of the adapter. */
  readonly adapter: string;
  readonly node: string;
  readonly host: string;
  /** `asked → answered` for each model. */
  readonly models: readonly string[];
  /** Rules that took something out. */
  readonly scrubbed: readonly string[];
  /** Of all requests: a client that sends something else makes the cassette stale. */
  readonly requestHash: string;
  /** Of the file, with these 64 characters as zeros. */
  readonly sha256: string;
}

/** What one scenario recorded. `nock.define(cassette.interactions)` loads it. */
export interface Cassette {
  readonly format: 1;
  readonly scenario: string;
  readonly meta: CassetteMeta;
  readonly interactions: readonly Interaction[];
}
