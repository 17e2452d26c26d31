import type { Definition, Json, JsonObject, WireContext } from "@llm-provider/core";
import type { Interaction } from "./cassette.ts";
import { responseBytes } from "./response-bytes.ts";

/** What stood in an answer: its JSON in order, and whether the end mark came. Written apart from core's readers. */
export type Payloads = { readonly objects: readonly Json[]; readonly hasEndMark: boolean };

export function readPayloads(interaction: Interaction): Payloads {
  const text = responseBytes(interaction)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  const whole = parse(text);
  if (whole !== undefined) return { objects: [whole], hasEndMark: false };
  const lines = text.split(/\r\n|\r|\n/);
  // NDJSON has a JSON text on each line; events have fields, and a blank line after each.
  if (lines.some((line) => /^(data|event|id|retry)?:/.test(line))) return readEvents(lines);
  const objects = lines.map(parse).filter((json) => json !== undefined);
  return { objects, hasEndMark: (objects.at(-1) as JsonObject | undefined)?.["done"] === true };
}

function readEvents(lines: readonly string[]): Payloads {
  const objects: Json[] = [];
  let hasEndMark = false;
  let data: string[] = [];
  for (const line of [...lines, ""]) {
    if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
    if (line !== "" || data.length === 0) continue;
    const text = data.join("\n");
    data = [];
    if (text.trim() === "[DONE]") hasEndMark = true;
    const json = parse(text);
    if (json !== undefined && json !== null) objects.push(json);
  }
  return { objects, hasEndMark };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The same JSON as the dialect is to see it: after the quirks of the definition. */
export function afterQuirks({ quirks = [] }: Definition, objects: readonly Json[], context: WireContext): JsonObject[] {
  return objects.map((json) =>
    quirks.reduce((chunk, quirk) => quirk.chunk?.(chunk, context) ?? chunk, json as JsonObject),
  );
}
