import { stampRetryable } from "@langchain/core/errors";
import { ProviderError } from "@llm-provider/core";

/** The same error, with LangChain's own mark that says whether to try again. */
export function stampError(error: unknown): unknown {
  return ProviderError.is(error) ? stampRetryable(error, error.retryable) : error;
}
