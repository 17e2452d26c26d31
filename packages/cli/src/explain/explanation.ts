import type { ErrorCode } from "@llm-provider/core";

/** The explanation of an error. */
export interface Explanation {
  readonly isKnown: boolean;
  /** Absent if its origin cannot be proven. */
  readonly provider?: string;
  readonly status?: number;
  readonly code?: ErrorCode;
  readonly cause: string;
  /** The evidence of the explanation, each with its page. */
  readonly evidence: readonly { readonly text: string; readonly source: string }[];
  readonly fix: readonly string[];
  /** A line for the endpoint in librechat.yaml. */
  readonly librechat?: string;
}
