import { type ErrorCode, ProviderError } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";

export const managePage = "https://serpapi.com/manage-api-key";
const statusPage = "https://serpapi.com/api-status-and-error-codes";

type Rule = { readonly status?: number; readonly text?: RegExp; readonly code: ErrorCode; readonly hint: string };

const outOfSearches: Rule = {
  text: /run out of searches|searches for the month (have|are|has)|no searches left/i,
  code: "quota",
  hint: "Trying again does not help: buy searches or wait for the plan's renewal at https://serpapi.com/change-plan",
};

/** The first match applies. Statuses, and the texts of 401 and 429, are from serpapi.com/api-status-and-error-codes, read 2026-11-22. */
const rules: readonly Rule[] = [
  { status: 401, code: "invalid-key", hint: `Set SERPAPI_API_KEY to the key shown at ${managePage}` },
  { text: /^invalid api key/i, code: "invalid-key", hint: `Set SERPAPI_API_KEY to the key shown at ${managePage}` },
  outOfSearches,
  { status: 402, code: "quota", hint: outOfSearches.hint },
  {
    status: 429,
    code: "rate-limit",
    hint: "The plan's searches for this hour are used up: try again in the next hour, or search less often.",
  },
  { status: 403, code: "forbidden", hint: `The account may be deleted or blocked: check ${managePage}` },
  { status: 404, code: "not-found", hint: "Check the base URL." },
  { status: 410, code: "not-found", hint: "This search has expired: search again." },
  {
    status: 503,
    code: "overloaded",
    hint: "SerpApi could not complete this search: try again, or use another engine.",
  },
];

const wrongRequest: Rule = { code: "invalid-request", hint: "Correct the search and call the tool again." };
const fallback: Rule = { code: "server", hint: "Try again later, or use another engine." };

/** Turns a status and a body of SerpApi into an error. Core removes the key from every field. */
export function searchError(status: number, body: unknown, headers: Headers): ProviderError {
  const text = readPath(body, "error");
  const said = typeof text === "string" && text.trim() !== "" ? text.trim().slice(0, 1000) : undefined;
  const message = said ?? `SerpApi answered with HTTP ${status} and no explanation (${statusPage})`;
  const rule =
    rules.find((one) => (one.status ?? status) === status && (one.text?.test(message) ?? true)) ??
    (status >= 400 && status < 500 ? wrongRequest : fallback);
  const after = Number(headers.get("retry-after") ?? Number.NaN);
  return new ProviderError(message, {
    code: rule.code,
    provider: "serpapi",
    status,
    requestId: headers.get("serpapi-search-id") ?? undefined,
    retryable: rule.code === "rate-limit" || rule.code === "overloaded" || rule.code === "server",
    retryAfter: after >= 0 ? after * 1000 : undefined,
    hint: rule.hint,
  });
}

/** The error for a 429 whose text does not name the limit, if the account has no searches left. */
export function quotaError(error: ProviderError): ProviderError {
  const { message, status, requestId } = error;
  return new ProviderError(message, {
    code: "quota",
    provider: "serpapi",
    status,
    requestId,
    retryable: false,
    hint: outOfSearches.hint,
  });
}
