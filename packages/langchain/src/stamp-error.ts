import { stampRetryable } from "@langchain/core/errors";
import { ProviderError } from "@llm-provider/core";

/** Marks the error so that LangChain knows whether to retry, and returns it. */
export function stampError(error: unknown): unknown {
  return ProviderError.is(error) ? stampRetryable(error, error.retryable) : error;
}
