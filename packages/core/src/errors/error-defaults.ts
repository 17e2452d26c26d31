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
function codeOfStatus(status: number): ErrorCode {
  return codes[status] ?? (status >= 500 ? "server" : status >= 400 ? "invalid-request" : "invalid-response");
}

/** What the error's own code says more exactly than its status, or where there is no status. */
const namedCodes: { readonly [code: string]: ErrorCode } = {
  context_length_exceeded: "context-overflow",
  insufficient_quota: "quota",
  invalid_api_key: "invalid-key",
  authentication_error: "invalid-key",
  model_not_found: "not-found",
  invalid_request_error: "invalid-request",
  rate_limit_exceeded: "rate-limit",
  overloaded_error: "overloaded",
  content_filter: "content-filter",
};

/** The code of an error by its status and by the code in its body. */
export function codeOfError(status: number, named: string | undefined): ErrorCode {
  const byName = named !== undefined && Object.hasOwn(namedCodes, named) ? namedCodes[named] : undefined;
  if (status < 400) return byName ?? "server";
  const isExact = byName === "context-overflow" || byName === "quota" || byName === "content-filter";
  return byName && isExact ? byName : codeOfStatus(status);
}

/** Can the same request succeed later? */
export function isRetryable(code: ErrorCode): boolean {
  return retryable.has(code);
}

/** What a person should do, where the definition does not say. */
export function hintOf(code: ErrorCode, provider: string, page: string | undefined): string | undefined {
  switch (code) {
    case "invalid-key":
      return `${provider} does not know this key.${page ? ` Make one at ${page}` : ""}`;
    case "forbidden":
      return "The key is known but may not do this: look at the rights of the key, the project and the model.";
    case "quota":
      return "The account has no money or no quota left: top it up, or use another provider.";
    case "not-found":
      return "Look at the model's name and the base URL; `models()` lists what there is.";
    case "context-overflow":
      return "Send fewer or shorter messages, lower `max_tokens`, or use a model with a larger window.";
    case "rate-limit":
      return "Wait, or send fewer requests at once.";
    case "overloaded":
    case "server":
      return "The fault is the endpoint's: try again later, or fall back to another provider.";
    case "invalid-request":
      return "Correct the request: the message says what the endpoint did not like.";
    default:
      return undefined;
  }
}
