import type { ErrorCode, Json } from "@llm-provider/core";
import type { AttemptRecord, RequestRecord } from "../log/request-record.ts";

/*
 * The JSON that the inspector's page shows and `llm-provider log --json` prints. It contains all computed values (differences,
 * gaps, rates, curl commands, explanations), so the page only renders them. Keys were removed from every text before it was kept.
 */

/** One row of the list: `GET /inspector/api/requests` returns `{ requests }`, the newest last. */
export interface InspectorRow extends RequestRecord {
  /** Output tokens per second between the first content and the end. */
  readonly tokensPerSecond?: number;
  /** How many changes were made to the request for the target that answered. */
  readonly changes: number;
  /** The request that this one repeats. */
  readonly replayOf?: string;
}

/** One whole request: the response of `GET /inspector/api/requests/:id`, and a line of the file that `--keep` writes. */
export interface InspectedRequest {
  readonly version: 1;
  readonly row: InspectorRow;
  /** The body that the caller sent. */
  readonly sent: InspectedBody;
  /** All attempts in order. The last one answered, or failed last. */
  readonly attempts: readonly InspectedAttempt[];
  /** The answer so far. Absent if nothing arrived, or if the answer has no text (embeddings). */
  readonly answer?: InspectedAnswer;
  /** The price used for the cost. Absent if it is unknown. */
  readonly price?: InspectedPrice;
  /** Targets to which this request could be sent: `provider:model`, as in the configuration. */
  readonly targets: readonly string[];
}

/** A body. Only the first MiB of a longer one is kept. */
export interface InspectedBody {
  /** Indented if it is JSON, otherwise as it was sent. */
  readonly text: string;
  readonly isJson: boolean;
  /** The length of the whole body. */
  readonly bytes: number;
  readonly isCut: boolean;
}

/** One request to one target, as it was sent. */
export interface InspectedAttempt extends AttemptRecord {
  /** The wait before it, in milliseconds. */
  readonly wait: number;
  /** The provider's display name. */
  readonly provider: string;
  readonly url?: string;
  /** Secrets are replaced by the name of their variable: `Bearer $GROQ_API_KEY`. */
  readonly headers: { readonly [name: string]: string };
  /** The body that the target got. Absent if nothing was sent. */
  readonly wire?: InspectedBody;
  /** The difference between the caller's body and the one that was sent, line by line. */
  readonly difference: readonly DifferenceLine[];
  readonly changes: readonly InspectedChange[];
  /** Notes on fields of the sent body that have a rule or a quirk. */
  readonly notes: readonly FieldNote[];
  /** A command for a POSIX shell, with a variable for the key. */
  readonly curl?: string;
  readonly response?: InspectedResponse;
  /** Absent if the answer was not a stream, or nothing arrived. */
  readonly timeline?: Timeline;
  /** Present if the attempt failed. */
  readonly explanation?: InspectedExplanation;
}

/** A line in the difference of two indented JSON texts. */
export interface DifferenceLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
  /** Index of the change in `changes` that explains the line. */
  readonly change?: number;
  /** Index of the note in `notes` for the field of this line. */
  readonly note?: number;
}

/** A change of one parameter, with its reason and the documentation behind it. */
export interface InspectedChange {
  readonly parameter: string;
  readonly action: "dropped" | "renamed" | "clamped" | "mapped" | "ignored" | "set";
  /** JSON text. */
  readonly from?: string;
  /** JSON text. */
  readonly to?: string;
  readonly reason: string;
  /** A URL, or text if the source has none. */
  readonly source: string;
}

/** A sentence about a field of the sent body. */
export interface FieldNote {
  /** The top-level name: `temperature`, `messages`. */
  readonly field: string;
  readonly sentence: string;
  /** The URL of the documentation. */
  readonly page?: string;
}

/** The response of the target. */
export interface InspectedResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** The raw text: a stream's events, a JSON body, or an error message. */
  readonly body: InspectedBody;
}

/** A stream over time. All times are milliseconds since the request was sent. */
export interface Timeline {
  /** One tick per network read. Beyond 2,000 reads, neighbours are merged. */
  readonly ticks: readonly {
    readonly at: number;
    readonly bytes: number;
    readonly kind: "text" | "reasoning" | "tool" | "other";
  }[];
  readonly firstContent?: number;
  readonly longestGap?: { readonly from: number; readonly to: number };
  readonly end: number;
  /** Tokens per second in each slice of time. They are estimated if the endpoint does not count tokens. */
  readonly rate: readonly { readonly from: number; readonly to: number; readonly perSecond: number }[];
  readonly isEstimated: boolean;
}

/** The parsed answer. */
export interface InspectedAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly {
    readonly id: string;
    readonly name: string;
    /** The raw text. */
    readonly arguments: string;
    /** Absent if the arguments are not valid JSON. */
    readonly parsed?: Json;
  }[];
  readonly finishReason?: string;
  /** Texts over 1 MiB are cut. */
  readonly isCut: boolean;
}

/** US dollars per million tokens, and the page with the price. */
export interface InspectedPrice {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly source: string;
}

/** An explanation of an error, as from `llm-provider explain`. */
export interface InspectedExplanation {
  readonly code?: ErrorCode;
  readonly cause: string;
  readonly evidence: readonly { readonly text: string; readonly source: string }[];
  readonly fix: readonly string[];
  /** A line for the endpoint in librechat.yaml. */
  readonly librechat?: string;
}

/** The response of `GET /inspector/api/health`. */
export interface InspectorHealth {
  readonly targets: readonly {
    readonly model: string;
    readonly target: string;
    /** As in `/health`: `up`, `cooling`, `open`, `probing` or `out`. */
    readonly state: string;
    readonly message?: string;
    /** Milliseconds. */
    readonly cooldownLeft?: number;
    /** Milliseconds to the first content for up to 50 last requests, the newest last. */
    readonly latencies: readonly number[];
  }[];
  readonly clients: readonly {
    readonly client: string;
    readonly limits: readonly {
      /** Such as `usd per day`. */
      readonly name: string;
      readonly used: number;
      readonly left: number;
      readonly most: number;
    }[];
  }[];
}
