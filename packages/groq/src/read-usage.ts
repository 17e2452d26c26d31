import type { JsonObject } from "@llm-provider/core";

/** Puts `x_groq.usage` where the dialect reads it, when it is the only usage of the chunk. */
export function readUsage(chunk: JsonObject): JsonObject {
  const own = chunk["x_groq"] as JsonObject | null | undefined;
  return own?.["usage"] && !chunk["usage"] ? { ...chunk, usage: own["usage"] } : chunk;
}
