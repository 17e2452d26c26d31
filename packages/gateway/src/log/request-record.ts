import type { ErrorCode, Usage } from "@llm-provider/core";

/** One attempt to answer a request with one target. */
export interface AttemptRecord {
  /** The target's name in the configuration. */
  readonly target: string;
  /** When the attempt began, in milliseconds since the start of the request. */
  readonly at: number;
  /** Milliseconds until the first content or the failure. */
  readonly ms: number;
  /** The endpoint's HTTP status. Absent if it did not answer. */
  readonly status?: number;
  /** Why the attempt failed. Absent if it succeeded. */
  readonly code?: ErrorCode;
  /** The error's message. */
  readonly message?: string;
  readonly hint?: string;
  /** How long the endpoint asked to wait, in milliseconds. */
  readonly retryAfter?: number;
  /** False if the attempt failed before it was sent, for example because the key is missing. */
  readonly isSent: boolean;
}

/** What happened to one request. `llm-provider log` prints it. It contains no keys and no content of messages. */
export interface RequestRecord {
  readonly id: string;
  /** When the request began, in ISO 8601. */
  readonly time: string;
  readonly client?: string;
  readonly path: string;
  /** The requested public model, or several in order of preference. */
  readonly model: string;
  readonly isStream: boolean;
  /** The target that answered, or the last one that failed. */
  readonly target?: string;
  /** The status of the answer to the client, or 499 if the client left. Absent while the request runs. */
  readonly status?: number;
  readonly attempts: readonly AttemptRecord[];
  /** Milliseconds until the first content. */
  readonly firstContent?: number;
  /** Milliseconds until the end of the answer. */
  readonly total?: number;
  readonly usage?: Usage;
  /** The cost in US dollars, as the target reports it or as the gateway calculates it. */
  readonly cost?: number;
  /** Set if `cost` is an estimate: no usage, a broken answer, several charged targets, or an uncertain price. */
  readonly isEstimated?: true;
  /** Whether the answer came from the cache. Absent if the gateway did not look there. */
  readonly cache?: "hit" | "miss";
  readonly finishReason?: string;
  /** Parameters that the target did not get as the caller wrote them, each as `name=reason`. */
  readonly dropped?: readonly string[];
  /** The number of changes that adapted the request to the target that answered. */
  readonly changes?: number;
  /** The id of the request that this one repeats, if it was sent again from the inspector. */
  readonly replayOf?: string;
  /** Why the request failed, or how its stream broke off. */
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly hint?: string };
}
