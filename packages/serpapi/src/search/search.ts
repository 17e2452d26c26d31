import { ProviderError, type ToolContext } from "@llm-provider/core";
import { createScrubber, readPath } from "@llm-provider/core/internal";
import { readAccount } from "./read-account.ts";
import { readSearch } from "./read-search.ts";
import { requestJson } from "./request-json.ts";
import { quotaError, searchError } from "./search-error.ts";
import type { SearchRequest } from "./search-input.ts";
import type { SearchOutput } from "./search-output.ts";
import { toWire } from "./to-wire.ts";

/** SerpApi reports "no results" in its error field, with status Success (serpapi.com/search-errors). */
const noResults = /hasn't returned any results|no results/i;

/** A search costs one credit. The same search within an hour comes from SerpApi's cache and costs nothing. */
export async function search(request: SearchRequest, context: ToolContext): Promise<SearchOutput> {
  const { parameters, ignored } = toWire(request, new Date());
  const answer = await requestJson("/search.json", parameters, context).catch((error: unknown) =>
    explainLimit(error, context),
  );
  const error = readPath(answer, "error");
  const status = readPath(answer, "search_metadata.status");
  if (status === "Queued" || status === "Processing") throw unfinished(status);
  const isFailure = status === "Error" || (typeof error === "string" && status !== "Success" && !noResults.test(error));
  if (isFailure) throw searchError(status === "Error" ? 503 : 200, answer, new Headers());
  // The answer repeats the request's parameters. It should not contain the key, but this makes sure.
  const scrub = createScrubber(context.apiKey === undefined ? [] : [context.apiKey]);
  return scrub(readSearch(answer, request, ignored));
}

/** A 429 means one of two limits. If its text does not say which, the account tells; requesting it costs no search. */
async function explainLimit(error: unknown, context: ToolContext): Promise<never> {
  if (!ProviderError.is(error) || error.code !== "rate-limit" || /hour|throughput/i.test(error.message)) throw error;
  const account = await requestJson("/account.json", {}, context).then(readAccount, () => undefined);
  throw account?.searchesLeft !== undefined && account.searchesLeft <= 0 ? quotaError(error) : error;
}

function unfinished(status: string): ProviderError {
  return new ProviderError(`SerpApi has not finished this search (${status})`, {
    code: "server",
    provider: "serpapi",
    retryable: true,
    hint: "Try again in a few seconds.",
  });
}
