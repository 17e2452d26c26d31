import type { ErrorCode } from "@llm-provider/core";

/** What an error means. */
export interface Explanation {
  readonly isKnown: boolean;
  /** Absent where nothing proves whose error it is. */
  readonly provider?: string;
  readonly status?: number;
  readonly code?: ErrorCode;
  readonly cause: string;
  /** What the explanation rests on, each with its page. */
  readonly evidence: readonly { readonly text: string; readonly source: string }[];
  readonly fix: readonly string[];
  /** A line for the endpoint in librechat.yaml. */
  readonly librechat?: string;
}
