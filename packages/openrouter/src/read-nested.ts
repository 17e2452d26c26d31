import type { JsonObject } from "@llm-provider/core";

/** Takes a completion out of `provider`, where it is now and then; an answer with `choices: null` becomes an error. */
export function readNested(chunk: JsonObject): JsonObject {
  const { provider, choices, error } = chunk;
  if (typeof provider === "object" && (provider as JsonObject | null)?.["choices"]) return provider as JsonObject;
  if (choices === null && !error) return { error: { code: 502, message: "OpenRouter answered without any choices." } };
  return chunk;
}
