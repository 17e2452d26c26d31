import type { Definition, JsonObject } from "@llm-provider/core";

/** Chunks as an endpoint writes them: events with an end mark, or lines. Its keep-alive comments come first and in the middle. */
export function frame({ dialect, streaming }: Definition, chunks: readonly JsonObject[]): string[] {
  if (dialect.framing === "ndjson") return chunks.map((chunk) => `${JSON.stringify(chunk)}\n`);
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  const comment = streaming?.comments === undefined ? [] : [`: ${streaming.comments}\n\n`];
  return [...comment, ...events.slice(0, 2), ...comment, ...events.slice(2), "data: [DONE]\n\n"];
}
