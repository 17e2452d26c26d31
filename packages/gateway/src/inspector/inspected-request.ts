import type { ErrorCode, Json } from "@llm-provider/core";
import type { AttemptRecord, RequestRecord } from "../log/request-record.ts";

/*
 * What the inspector's page draws, and `llm-provider log --json` prints. Whatever is computed (differences, gaps, rates, curl
 * lines, explanations) is computed before it becomes this JSON: the page only draws. Every text was scrubbed of keys before it
 * was kept.
 */

/** One line of the list: `GET /inspector/api/requests` gives `{ requests }`, the newest last. */
export interface InspectorRow extends RequestRecord {
  /** Output tokens a second between the first content and the end. */
  readonly tokensPerSecond?: number;
  /** How many changes were made to the request for the target that answered. */
  readonly changes: number;
  /** The request that this one repeats. */
  readonly replayOf?: string;
}

/** One request, whole: `GET /inspector/api/requests/:id`, and a line of the file that `--keep` writes. */
export interface InspectedRequest {
  readonly version: 1;
  readonly row: InspectorRow;
  /** What the caller sent. */
  readonly sent: InspectedBody;
  /** Every target that was tried, in their order. The last one answered, or failed last. */
  readonly attempts: readonly InspectedAttempt[];
  /** As far as it came. Absent: none came, or the answer has no text (embeddings). */
  readonly answer?: InspectedAnswer;
  /** What the tokens were counted with. Absent where the price is unknown. */
  readonly price?: InspectedPrice;
  /** Targets at which this request could be tried: `provider:model`, as the configuration writes them. */
  readonly targets: readonly string[];
}

/** A body. Of a body over 1 MiB the beginning is kept. */
export interface InspectedBody {
  /** As it was sent where it is text; indented JSON where it is JSON. */
  readonly text: string;
  readonly isJson: boolean;
  /** Of the whole body. */
  readonly bytes: number;
  readonly isCut: boolean;
}

/** One request to one target, as it went over the wire. */
export interface InspectedAttempt extends AttemptRecord {
  /** Milliseconds that were waited before it. */
  readonly wait: number;
  /** The provider's display name. */
  readonly provider: string;
  readonly url?: string;
  /** Secrets are replaced by the name of their variable: `Bearer $GROQ_API_KEY`. */
  readonly headers: { readonly [name: string]: string };
  /** What the target got. Absent: nothing was sent. */
  readonly wire?: InspectedBody;
  /** The caller's body beside the wire's, line by line. */
  readonly difference: readonly DifferenceLine[];
  readonly changes: readonly InspectedChange[];
  /** Fields of the wire body that have a rule or a quirk, for who hovers over them. */
  readonly notes: readonly FieldNote[];
  /** For a POSIX shell; the key is its variable. */
  readonly curl?: string;
  readonly response?: InspectedResponse;
  /** Absent where the answer was not a stream, or nothing came. */
  readonly timeline?: Timeline;
  /** Where the attempt failed. */
  readonly explanation?: InspectedExplanation;
}

/** A line of a difference of two indented JSON texts. */
export interface DifferenceLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
  /** Index of the change in `changes` that explains the line. */
  readonly change?: number;
  /** Index of the note in `notes` for the field of this line. */
  readonly note?: number;
}

/** What was done to one parameter, why, and the page that says so. */
export interface InspectedChange {
  readonly parameter: string;
  readonly action: "dropped" | "renamed" | "clamped" | "mapped" | "ignored" | "set";
  /** JSON text. */
  readonly from?: string;
  /** JSON text. */
  readonly to?: string;
  readonly reason: string;
  /** An address, or text where the source has none. */
  readonly source: string;
}

/** One sentence about a field of the wire. */
export interface FieldNote {
  /** The top-level name: `temperature`, `messages`. */
  readonly field: string;
  readonly sentence: string;
  /** An address. */
  readonly page?: string;
}

/** What the target answered. */
export interface InspectedResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** The raw text: the frames of a stream, a JSON body, the words of an error. */
  readonly body: InspectedBody;
}

/** A stream over time. All times are milliseconds since the request went out. */
export interface Timeline {
  /** One for each network read, or for several where there were over 2,000. */
  readonly ticks: readonly {
    readonly at: number;
    readonly bytes: number;
    readonly kind: "text" | "reasoning" | "tool" | "other";
  }[];
  readonly firstContent?: number;
  readonly longestGap?: { readonly from: number; readonly to: number };
  readonly end: number;
  /** Tokens (or, where the endpoint does not count them, estimated tokens) in each slice of time. */
  readonly rate: readonly { readonly from: number; readonly to: number; readonly perSecond: number }[];
  readonly isEstimated: boolean;
}

/** The answer as its readers understand it. */
export interface InspectedAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly {
    readonly id: string;
    readonly name: string;
    /** As they came. */
    readonly arguments: string;
    /** Absent where they are not valid JSON. */
    readonly parsed?: Json;
  }[];
  readonly finishReason?: string;
  /** Texts over 1 MiB are cut. */
  readonly isCut: boolean;
}

/** US dollars a million tokens, and where they are written. */
export interface InspectedPrice {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly source: string;
}

/** What an error means, as `llm-provider explain` says it. */
export interface InspectedExplanation {
  readonly code?: ErrorCode;
  readonly cause: string;
  readonly evidence: readonly { readonly text: string; readonly source: string }[];
  readonly fix: readonly string[];
  /** A line for the endpoint in librechat.yaml. */
  readonly librechat?: string;
}

/** `GET /inspector/api/health`. */
export interface InspectorHealth {
  readonly targets: readonly {
    readonly model: string;
    readonly target: string;
    /** As `/health` names it: `up`, `cooling`, `open`, `probing` or `out`. */
    readonly state: string;
    readonly message?: string;
    /** Milliseconds. */
    readonly cooldownLeft?: number;
    /** Milliseconds to the first content of the last requests, the newest last, at most 50. */
    readonly latencies: readonly number[];
  }[];
  readonly clients: readonly {
    readonly client: string;
    readonly limits: readonly {
      /** In words: `usd per day`. */
      readonly name: string;
      readonly used: number;
      readonly left: number;
      readonly most: number;
    }[];
  }[];
}
