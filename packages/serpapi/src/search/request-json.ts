import { ProviderError, type ToolContext } from "@llm-provider/core";
import { searchError } from "./search-error.ts";
import type { WireParameters } from "./engines.ts";

/** Bytes of an answer that are read. A page of results is 30 to 500 kB. */
const longestAnswer = 8 * 1024 * 1024;

/** One GET. The key travels in the query, where SerpApi wants it, so no address is ever part of a message. */
export async function requestJson(
  path: "/search.json" | "/account.json",
  parameters: WireParameters,
  { fetch, baseURL, apiKey }: ToolContext,
): Promise<unknown> {
  const query = new URLSearchParams({ ...parameters, ...(apiKey !== undefined && { api_key: apiKey }) });
  const response = await fetch(`${baseURL}${path}?${query}`, { headers: { accept: "application/json" } });
  const { status, headers } = response;
  const text = await readBounded(response, longestAnswer);
  if (text === undefined) {
    throw invalid(
      `The answer of SerpApi is longer than ${longestAnswer / 1024 / 1024} MB`,
      "Narrow the query, ask for fewer results, or use another engine.",
    );
  }
  const body = parse(text);
  if (status >= 200 && status < 300 && typeof body === "object" && body !== null) return body;
  if (status >= 400) throw searchError(status, body, headers);
  throw invalid(
    text.trim() === "" ? "SerpApi sent an empty answer" : "SerpApi sent an answer that is not JSON",
    "Try again; if it goes on, look for a proxy between here and SerpApi.",
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(message: string, hint: string): ProviderError {
  return new ProviderError(message, { code: "invalid-response", provider: "serpapi", hint });
}

/** The text of an answer, or undefined where it is longer than `limit` bytes; nothing beyond them is read. */
async function readBounded(response: Response, limit: number): Promise<string | undefined> {
  if (!response.body) return response.text();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > limit) {
      void reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
