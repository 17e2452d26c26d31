import type { ErrorCode } from "../chat/error-code.ts";

const codes: { readonly [status: number]: ErrorCode } = {
  400: "invalid-request",
  401: "invalid-key",
  402: "quota",
  403: "forbidden",
  404: "not-found",
  408: "timeout",
  409: "server",
  410: "not-found",
  413: "context-overflow",
  425: "server",
  429: "rate-limit",
  503: "overloaded",
  529: "overloaded",
};

const retryable: ReadonlySet<ErrorCode> = new Set(["rate-limit", "overloaded", "server", "network", "timeout"]);

/** What a status means where the definition does not say. */
export function codeOfStatus(status: number): ErrorCode {
  return codes[status] ?? (status >= 500 ? "server" : status >= 400 ? "invalid-request" : "invalid-response");
}

/** Can the same request succeed later? */
export function isRetryable(code: ErrorCode): boolean {
  return retryable.has(code);
}
