import type { JsonObject } from "@llm-provider/core";

/** Puts `num_cached_tokens`, or the misspelt `prompt_token_details`, where the dialect reads cached tokens. */
export function readCachedTokens(chunk: JsonObject): JsonObject {
  const usage = chunk["usage"] as JsonObject | null | undefined;
  if (!usage || usage["prompt_tokens_details"]) return chunk;
  const count = usage["num_cached_tokens"];
  const details = usage["prompt_token_details"] ?? (typeof count === "number" ? { cached_tokens: count } : undefined);
  return details ? { ...chunk, usage: { ...usage, prompt_tokens_details: details } } : chunk;
}
