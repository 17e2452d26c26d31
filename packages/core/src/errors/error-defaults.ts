import type { ErrorCode } from "../chat/error-code.ts";
import { codeOfName, codeOfText } from "./known-errors.ts";

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

/** The meaning of a status for which the definition has no rule. */
function codeOfStatus(status: number): ErrorCode {
  return codes[status] ?? (status >= 500 ? "server" : status >= 400 ? "invalid-request" : "invalid-response");
}

/** Codes that a name or a text states more exactly than any status. */
const exact: ReadonlySet<ErrorCode> = new Set([
  "context-overflow",
  "quota",
  "content-filter",
  "model-retired",
  "tool-call-invalid",
]);
/** Codes that say no more than a status does. */
const general: ReadonlySet<ErrorCode> = new Set(["invalid-request", "server"]);
/** Statuses under which vendors report many things. */
const vague: ReadonlySet<number> = new Set([400, 403, 413, 422, 429, 500]);

/** The code of an error by its status, its own names and its text. */
export function codeOfError(status: number, names: readonly string[], text: string): ErrorCode {
  const byName = codeOfName(names);
  const byText = status < 400 || vague.has(status) ? codeOfText(text) : undefined;
  // A 200 carries no meaning: an unknown error in it is not worth a second try.
  if (status < 400) return byName && !general.has(byName) ? byName : (byText ?? byName ?? "invalid-response");
  // Too many tokens may mean too many per minute. Only an account without money is not a rate limit.
  if (status === 429) return byName && !general.has(byName) ? byName : byText === "quota" ? byText : "rate-limit";
  if (byName && exact.has(byName)) return byName;
  if (byText && exact.has(byText)) return byText;
  if (vague.has(status) && byName && !general.has(byName)) return byName;
  return status === 400 && byText ? byText : codeOfStatus(status);
}

/** Can the same request succeed later? */
export function isRetryable(code: ErrorCode): boolean {
  return retryable.has(code);
}

/** What a person should do, if the definition does not say. */
export function hintOf(code: ErrorCode, provider: string, page: string | undefined): string | undefined {
  return code === "invalid-key"
    ? `${provider} does not know this key.${page ? ` Make one at ${page}` : ""}`
    : hints[code];
}

const elsewhere = "The fault is the endpoint's: try again later, or fall back to another provider.";

const hints: { readonly [code in ErrorCode]?: string } = {
  forbidden:
    "The key is valid but not allowed to do this: check the permissions of the key, the project and the model.",
  quota: "The account has no money or no quota left: top it up, or use another provider.",
  "not-found": "Check the model's name and the base URL; `models()` lists what there is.",
  "model-retired": "Use the model's successor: the vendor's documentation names it.",
  "context-overflow":
    "Send fewer or shorter messages, lower `max_tokens`, or use a model with a larger context window.",
  "rate-limit": "Wait, or send fewer requests at once.",
  overloaded: elsewhere,
  server: elsewhere,
  timeout: "The endpoint gave up waiting: try again later, or ask for less.",
  "invalid-response": "The endpoint did not answer with a completion: check the base URL and any proxy in between.",
  "invalid-request": "Correct the request: the message says what the endpoint did not like.",
  "unsupported-parameter": "Leave the parameter out, or choose a model or provider that supports it.",
  "content-filter": "The vendor's filter refused this content: change the messages.",
  "tool-call-invalid":
    "The model wrote a tool call that does not fit: ask again, or make the tool's description clearer.",
};
