import type { ErrorCode, Usage } from "@llm-provider/core";

/** One target that was tried for a request. */
export interface AttemptRecord {
  /** As the configuration writes it. */
  readonly target: string;
  /** Milliseconds from the begin of the request. */
  readonly at: number;
  /** Milliseconds to the first content, or to the failure. */
  readonly ms: number;
  /** What the endpoint answered, where it did. */
  readonly status?: number;
  /** Why it failed. Absent: it did not. */
  readonly code?: ErrorCode;
  /** The endpoint's own words. */
  readonly message?: string;
  readonly hint?: string;
  /** Milliseconds that the endpoint asked to wait. */
  readonly retryAfter?: number;
  /** False where the request failed before it was sent, for the want of a key. */
  readonly isSent: boolean;
}

/** What happened to one request, as `llm-provider log` prints it. It has no content of messages and no key. */
export interface RequestRecord {
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  readonly client?: string;
  readonly path: string;
  /** What was asked for: a public model, or several in their order. */
  readonly model: string;
  readonly isStream: boolean;
  /** The target that answered, or the last one that failed. */
  readonly target?: string;
  /** Of the answer to the client; 499 where the client left. Absent while it runs. */
  readonly status?: number;
  readonly attempts: readonly AttemptRecord[];
  /** Milliseconds to the first content. */
  readonly firstContent?: number;
  /** Milliseconds until the answer had ended. */
  readonly total?: number;
  readonly usage?: Usage;
  /** US dollars: what the request cost, or what it was charged where the target does not say. */
  readonly cost?: number;
  /** `cost` was estimated: the answer had no usage or broke off, or the target's price is in doubt. */
  readonly isEstimated?: true;
  /** Whether the answer came from the cache. Absent where the cache was not asked. */
  readonly cache?: "hit" | "miss";
  readonly finishReason?: string;
  /** Parameters that the target does not get as they were written: `name=reason`. */
  readonly dropped?: readonly string[];
  /** How many changes were made to the request for the target that answered. */
  readonly changes?: number;
  /** The request that this one repeats: somebody sent it again from the inspector. */
  readonly replayOf?: string;
  /** Why the request failed, or how its stream broke off. */
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly hint?: string };
}
