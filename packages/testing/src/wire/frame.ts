import type { Definition, JsonObject } from "@llm-provider/core";

/** The content type of a stream of this wire format. */
export function streamType({ dialect }: Definition): string {
  return dialect.framing === "sse" ? "text/event-stream" : "application/x-ndjson";
}

/** One text as an event or as a line. */
export function frameText({ dialect }: Definition, text: string): string {
  return dialect.framing === "sse" ? `data: ${text}\n\n` : `${text}\n`;
}

/** Chunks as an endpoint writes them: events with an end mark, or lines. Its keep-alive comments come first and in the middle. */
export function frame(definition: Definition, chunks: readonly JsonObject[]): string[] {
  const framed = chunks.map((chunk) => frameText(definition, JSON.stringify(chunk)));
  if (definition.dialect.framing === "ndjson") return framed;
  const { comments } = definition.streaming ?? {};
  const comment = comments === undefined ? [] : [`: ${comments}\n\n`];
  return [...comment, ...framed.slice(0, 2), ...comment, ...framed.slice(2), "data: [DONE]\n\n"];
}
