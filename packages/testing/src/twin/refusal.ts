import type { ErrorCode } from "@llm-provider/core";

/** Why a twin does not take a request. */
export type Refusal = {
  readonly code: ErrorCode;
  /** Left out: the status that the definition has for this code, or 400. */
  readonly status?: number;
  /** The wire name that is at fault, for the {parameter} hole. */
  readonly parameter?: string;
  /** For the {value} hole. */
  readonly value?: unknown;
  readonly message: string;
  /** What the definition's own text for this case speaks of; finds its `example` among those of the same code. */
  readonly about?: RegExp;
};
