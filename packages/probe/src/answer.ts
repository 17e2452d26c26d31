import type { Json, JsonObject } from "@llm-provider/core";

/** An endpoint's reaction to one request. It contains no key, and is plain JSON, so that a cancelled probe can continue from it. */
export interface Answer {
  /**
   * - `accepted`: a completion came.
   * - `refused`: the endpoint does not take this request, so something in it is at fault.
   * - `unclear`: a server error, a page of HTML, a redirect, a timeout, a broken answer … it proves nothing.
   * - `stopped`: the key, the account or a limit. No further request makes sense.
   */
  readonly outcome: "accepted" | "refused" | "unclear" | "stopped";
  /** HTTP status; 0 if no answer came. */
  readonly status: number;
  /** The endpoint's own words, or ours about the failure; empty for an accepted request. */
  readonly words: string;
  /** The body of a refusal. */
  readonly body?: Json;
  /** Milliseconds that the endpoint asks to wait. */
  readonly retryAfter?: number;
  /** The JSON of an accepted answer: one whole body, or all chunks of a stream. */
  readonly payloads?: readonly JsonObject[];
  /** For a stream: was its end mark seen? */
  readonly done?: boolean;
  /** For a stream: did comments keep it alive? */
  readonly comments?: string;
  /** Names in lower case; only those that describe the answer. */
  readonly headers?: { readonly [name: string]: string };
}

/** Sends one body to the chat path. Throws only if the person cancels. */
export type Ask = (body: JsonObject) => Promise<Answer>;
