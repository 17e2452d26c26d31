import { type ErrorCode, ProviderError } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";

export const keyPage = "https://docs.weaviate.io/weaviate/configuration/authz-authn";

interface Rule {
  readonly status?: number;
  readonly text?: RegExp;
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryable?: boolean;
}

const forbidden = "The key's role may not read this: it needs `read_collections` and `read_data`.";
const tenant = "Name one of the collection's tenants as `tenant`, or leave it out if the collection has none.";
const vectorizer =
  "Weaviate could not turn the query into a vector: check the key of the collection's embedding service on the server, or search with alpha 0.";

/**
 * The first match applies. The statuses and the forms of their bodies are from openapi-specs/schema.json of Weaviate 1.40.0-dev, the texts
 * from its handlers for GraphQL, search and authentication. All were read on 2026-11-29, in the snapshot of 2026-08-20 (adcffc5).
 */
const rules: readonly Rule[] = [
  { status: 401, code: "invalid-key", hint: `Set WEAVIATE_API_KEY to a key of this Weaviate: ${keyPage}` },
  { status: 402, code: "quota", hint: "Check the cluster's plan in Weaviate Cloud." },
  { status: 403, code: "forbidden", hint: forbidden },
  { status: 429, code: "rate-limit", hint: "Try again in a few seconds.", retryable: true },
  { status: 503, code: "overloaded", hint: "Weaviate cannot answer searches now: try again later.", retryable: true },
  {
    text: /graphql api is (disabled|not supported)/i,
    code: "invalid-request",
    hint: "GraphQL is switched off on this Weaviate, but searches with your own vectors need it, as does every search before 1.39.7. Update Weaviate, use one of its vectorizers, or set DISABLE_GRAPHQL=false.",
  },
  { text: /tenant/i, code: "invalid-request", hint: tenant },
  {
    text: /vector lengths|dimension/i,
    code: "invalid-request",
    hint: "Embed with the model that the stored vectors were made with.",
  },
  { status: 502, code: "server", hint: vectorizer, retryable: true },
  { text: /remote client vectorize|no api key found/i, code: "invalid-request", hint: vectorizer },
  { status: 404, code: "not-found", hint: "Check the base URL, without `/v1`, and the name of the collection." },
];

/** The rules for errors that GraphQL reports inside a 200. */
const insideAnswer: readonly Rule[] = [
  { text: /forbidden|unauthorized|authorization/i, code: "forbidden", hint: forbidden },
  ...rules.filter(({ status, text }) => status === undefined && text !== undefined),
  {
    text: /cannot query field|could not find class/i,
    code: "not-found",
    hint: "The collection or one of its properties was removed: call the tool again.",
  },
];

const wrongRequest: Rule = { code: "invalid-request", hint: "Correct the search and call the tool again." };
const failed: Rule = { code: "server", hint: "Try again later, or check the log of Weaviate.", retryable: true };

/** Turns a status and a body of Weaviate into an error. Core removes the key from every field. */
export function searchError(status: number, body: unknown, headers: Headers): ProviderError {
  const message = textOf(body) ?? `Weaviate answered with HTTP ${status} and no explanation.`;
  const rule = findRule(rules, message, status) ?? (status < 500 ? wrongRequest : failed);
  const after = Number(headers.get("retry-after") ?? Number.NaN);
  return toError(rule, message, { status, body, ...(after >= 0 && { retryAfter: after * 1000 }) });
}

/** The error for a 200 with `errors`, where GraphQL reports all of its errors. */
export function graphqlError(body: unknown): ProviderError {
  const message = textOf(body) ?? "Weaviate answered with an error and no explanation.";
  return toError(findRule(insideAnswer, message) ?? wrongRequest, message, { status: 200, body });
}

/** The error for a search that the collection does not support. The model can correct it. */
export function wrongSearch(message: string, hint: string, code: ErrorCode = "invalid-request"): ProviderError {
  return new ProviderError(message, { code, provider: "weaviate", hint });
}

function findRule(all: readonly Rule[], message: string, status?: number): Rule | undefined {
  return all.find((one) => (one.status ?? status) === status && (one.text?.test(message) ?? true));
}

function toError(
  { code, hint, retryable = false }: Rule,
  message: string,
  fields: { status: number; body: unknown; retryAfter?: number },
): ProviderError {
  return new ProviderError(message, { code, provider: "weaviate", retryable, hint, ...fields });
}

/** Reads REST's `{error: [{message}]}`, the `{code, message}` of routing and login, and GraphQL's `{errors: [{message}]}`. */
function textOf(body: unknown): string | undefined {
  const lists = [readPath(body, "error"), readPath(body, "errors")].filter(Array.isArray).flat();
  const texts = [
    ...lists.map((one) => readPath(one, "message")),
    readPath(body, "message"),
    readPath(body, "error"),
    readPath(body, "error.message"),
  ];
  const said = texts.filter((text): text is string => typeof text === "string" && text.trim() !== "");
  return said.length === 0 ? undefined : said.join("; ").slice(0, 1000);
}
