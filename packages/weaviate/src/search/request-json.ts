import { ProviderError, type ToolContext } from "@llm-provider/core";
import { readAnswer } from "@llm-provider/core/internal";
import { searchError } from "./search-error.ts";

/** The most bytes of an answer. */
const longestAnswer = 8 * 1024 * 1024;

/** Sends one request, and returns the JSON of its answer. */
export type Send = (method: "GET" | "POST", path: string, body?: object) => Promise<object>;

/** Makes the function that sends the requests of one call, with the key if there is one. It throws refusals as ProviderErrors. */
export function createSend({ fetch, baseURL, apiKey }: ToolContext): Send {
  const headers = {
    accept: "application/json",
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    // Weaviate Embeddings refuses a query without this header (usecases/modulecomponents/clients/weaviateembed of
    // weaviate@adcffc5, read 2026-11-29). It is a service of Weaviate Cloud, which always uses https.
    ...(apiKey !== undefined && baseURL.startsWith("https:") && { "x-weaviate-cluster-url": baseURL }),
  };
  return async (method, path, body) => {
    const response = await fetch(`${baseURL}${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await readAnswer(response, longestAnswer);
    if (answer === undefined)
      throw invalid(
        `The answer of Weaviate is longer than ${longestAnswer / 1024 / 1024} MB.`,
        "Ask for fewer passages, or store shorter ones.",
      );
    const { text, json } = answer;
    if (response.status >= 400) throw searchError(response.status, json, response.headers);
    if (typeof json === "object" && json !== null && response.ok) return json;
    throw invalid(
      text.trim() === "" ? "Weaviate sent an empty answer." : "Weaviate sent an answer that is not JSON.",
      "Check the base URL and any proxy between this machine and Weaviate.",
    );
  };
}

/** The error for an answer in an unexpected form. */
export function invalid(message: string, hint: string): ProviderError {
  return new ProviderError(message, { code: "invalid-response", provider: "weaviate", hint });
}
