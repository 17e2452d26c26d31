import { type JsonObject } from "@llm-provider/core";
import { readField } from "@llm-provider/core/internal";

/** Puts `usage.prompt_cache_hit_tokens` where the dialect reads it, when it is the only count of cached tokens. */
export function countCachedTokens(chunk: JsonObject): JsonObject {
  const usage = readField(chunk, "usage") as JsonObject | null | undefined;
  if (!usage || readField(usage, "prompt_tokens_details")) return chunk;
  const hit = readField(usage, "prompt_cache_hit_tokens");
  return typeof hit === "number"
    ? { ...chunk, usage: { ...usage, prompt_tokens_details: { cached_tokens: hit } } }
    : chunk;
}
