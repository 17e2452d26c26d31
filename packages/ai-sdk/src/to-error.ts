import { APICallError, LoadAPIKeyError, UnsupportedFunctionalityError } from "@ai-sdk/provider";
import { type Attempt, ProviderError } from "@llm-provider/core";
import { errorSentence } from "@llm-provider/core/internal";

/** Converts an error to AI SDK's own classes, with ours as `cause`. `data` has the fields that the class lacks. */
export function toAiSdkError(error: unknown, sent: Partial<Attempt>, signal: AbortSignal | undefined): unknown {
  if (!ProviderError.is(error)) return error;
  const { code, status, retryable, retryAfter, hint, help, requestId, limits, body, metadata } = error;
  const message = errorSentence(error);
  const caused = <Theirs extends Error>(theirs: Theirs): Theirs => Object.assign(theirs, { cause: error });
  if (code === "aborted") {
    // AI SDK recognises an abort by the error's name.
    const reason: unknown = signal?.reason;
    const isNamed = reason instanceof Error && /^(?:Abort|Timeout)Error$/.test(reason.name);
    return isNamed ? reason : caused(new DOMException(message, "AbortError"));
  }
  if (code === "missing-key") return caused(new LoadAPIKeyError({ message }));
  if (code === "unsupported-parameter" && status === undefined)
    return caused(new UnsupportedFunctionalityError({ functionality: error.message, message }));
  const isGone = code === "not-found" || code === "model-retired";
  return new APICallError({
    message,
    url: sent.url ?? "",
    requestBodyValues: sent.body ?? {},
    statusCode: status ?? (isGone ? 404 : undefined),
    // AI SDK waits this long, up to a minute.
    ...(retryAfter !== undefined && { responseHeaders: { "retry-after-ms": String(retryAfter) } }),
    responseBody: typeof body === "string" ? body : JSON.stringify(body),
    isRetryable: retryable,
    data: { code, hint, help, requestId, limits, metadata },
    cause: error,
  });
}
