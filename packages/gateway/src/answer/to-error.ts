import { type ErrorCode, ProviderError } from "@llm-provider/core";
import type { AttemptRecord } from "../log/request-record.ts";

/** An error in OpenAI's format, plus a hint for a person. */
export interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
    readonly hint?: string;
    readonly help?: string;
    readonly attempts?: readonly Pick<AttemptRecord, "target" | "status" | "code" | "message" | "hint">[];
  };
}

/** OpenAI's names for our codes, and the HTTP status for an error that has no status of its own. */
const names: { readonly [code in ErrorCode]: readonly [type: string, code: string | null, status: number] } = {
  "missing-key": ["server_error", "missing_key", 500],
  "invalid-key": ["invalid_request_error", "invalid_api_key", 401],
  forbidden: ["invalid_request_error", "permission_denied", 403],
  "not-found": ["invalid_request_error", "model_not_found", 404],
  "model-retired": ["invalid_request_error", "model_not_found", 404],
  "invalid-request": ["invalid_request_error", null, 400],
  "unsupported-parameter": ["invalid_request_error", "unsupported_parameter", 400],
  "context-overflow": ["invalid_request_error", "context_length_exceeded", 400],
  "rate-limit": ["rate_limit_exceeded", "rate_limit_exceeded", 429],
  quota: ["insufficient_quota", "insufficient_quota", 429],
  overloaded: ["server_error", "overloaded", 503],
  server: ["server_error", null, 500],
  network: ["server_error", "network_error", 502],
  timeout: ["server_error", "timeout", 504],
  aborted: ["server_error", "aborted", 499],
  "invalid-response": ["server_error", "invalid_response", 502],
  "content-filter": ["invalid_request_error", "content_filter", 400],
  "tool-call-invalid": ["invalid_request_error", "tool_call_invalid", 400],
  "tool-failed": ["server_error", null, 500],
};

/** Returns the HTTP status of the answer: the target's own status if that is an error status, otherwise the code's. */
export function statusOf({ status, code }: Pick<ProviderError, "status" | "code">): number {
  return status !== undefined && status >= 400 && status <= 599 ? status : names[code][2];
}

/** Returns the body of an error, for an answer or for the end of an interrupted stream. */
export function toErrorBody(error: ProviderError, attempts: readonly AttemptRecord[]): ErrorBody {
  const [type, code] = names[error.code];
  return {
    error: {
      message: error.message,
      type,
      param: null,
      code,
      ...(error.hint !== undefined && { hint: error.hint }),
      help: error.help,
      ...(attempts.length > 0 && {
        attempts: attempts.map(({ target, status, code: why, message, hint }) => ({
          target,
          status,
          code: why,
          message,
          hint,
        })),
      }),
    },
  };
}

/** Returns the headers that tell a client when to retry. */
export function retryHeaders({ retryAfter }: ProviderError): Record<string, string> {
  return retryAfter === undefined ? {} : { "retry-after": String(Math.max(1, Math.ceil(retryAfter / 1000))) };
}

/** Converts any thrown value to an error that is safe to show to a client. */
export function toProviderError(error: unknown): ProviderError {
  if (ProviderError.is(error)) return error;
  // This is a bug in the gateway. Its message may contain anything, so the client does not see it.
  return new ProviderError("The gateway failed on this request.", {
    code: "server",
    provider: "gateway",
    hint: "This is a fault of the gateway: please report it with the request that caused it.",
  });
}
