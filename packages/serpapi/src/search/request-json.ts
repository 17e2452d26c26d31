import { ProviderError, type ToolContext } from "@llm-provider/core";
import { readAnswer } from "@llm-provider/core/internal";
import { searchError } from "./search-error.ts";
import type { WireParameters } from "./engines.ts";

/** The most bytes of an answer. A page of results has 30 to 500 kB. */
const longestAnswer = 8 * 1024 * 1024;

/** Sends a GET request. SerpApi expects the key in the query, so no message may contain the URL. */
export async function requestJson(
  path: "/search.json" | "/account.json",
  parameters: WireParameters,
  { fetch, baseURL, apiKey }: ToolContext,
): Promise<unknown> {
  const query = new URLSearchParams({ ...parameters, ...(apiKey !== undefined && { api_key: apiKey }) });
  const response = await fetch(`${baseURL}${path}?${query}`, { headers: { accept: "application/json" } });
  const { status, headers } = response;
  const answer = await readAnswer(response, longestAnswer);
  if (answer === undefined) {
    throw invalid(
      `The answer of SerpApi is longer than ${longestAnswer / 1024 / 1024} MB`,
      "Narrow the query, ask for fewer results, or use another engine.",
    );
  }
  const { text, json: body } = answer;
  if (status >= 200 && status < 300 && typeof body === "object" && body !== null) return body;
  if (status >= 400) throw searchError(status, body, headers);
  throw invalid(
    text.trim() === "" ? "SerpApi sent an empty answer" : "SerpApi sent an answer that is not JSON",
    "Try again. If the error persists, check any proxy between this machine and SerpApi.",
  );
}

function invalid(message: string, hint: string): ProviderError {
  return new ProviderError(message, { code: "invalid-response", provider: "serpapi", hint });
}
