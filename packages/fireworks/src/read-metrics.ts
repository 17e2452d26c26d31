import type { JsonObject, WireContext } from "@llm-provider/core";

/** Puts the count of cached tokens of the metrics (body or header) where the dialect reads it, when usage has none. */
export function readMetrics(chunk: JsonObject, { headers }: WireContext): JsonObject {
  const usage = chunk["usage"] as JsonObject | null | undefined;
  if (!usage || usage["prompt_tokens_details"]) return chunk;
  const metrics = chunk["perf_metrics"] as JsonObject | null | undefined;
  const count = Number(metrics?.["cached-prompt-tokens"] ?? headers["fireworks-cached-prompt-tokens"] ?? NaN);
  if (!Number.isInteger(count)) return chunk;
  return { ...chunk, usage: { ...usage, prompt_tokens_details: { cached_tokens: count } } };
}
