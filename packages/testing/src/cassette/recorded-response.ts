import type { Definition, Json, JsonObject, WireContext } from "@llm-provider/core";
import type { Interaction } from "./cassette.ts";
import { readJson } from "../read-json.ts";

/** The bytes of a recorded answer, exactly as they came (after the transport's own compression). */
export function responseBytes({
  response,
  responseIsBinary,
}: Pick<Interaction, "response" | "responseIsBinary">): Buffer {
  return Buffer.from(response, responseIsBinary ? "hex" : "utf8");
}

/** The reverse: as text if nock and a person can read it without loss. */
export function storeBytes(bytes: Buffer): Pick<Interaction, "response" | "responseIsBinary"> {
  const text = bytes.toString("utf8");
  const isExact = Buffer.from(text, "utf8").equals(bytes) && !losesNumbers(text);
  return isExact ? { response: text } : { response: bytes.toString("hex"), responseIsBinary: true };
}

/** nock.define parses a JSON text and prints it again: that would change 12345678901234567890. */
function losesNumbers(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  const outsideStrings = text.replaceAll(/"(?:[^"\\]|\\[^])*(?:"|\\?$)/g, '""');
  const numbers = outsideStrings.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g) ?? [];
  return numbers.some((number) => Number.isInteger(Number(number)) && !Number.isSafeInteger(Number(number)));
}

/** The recorded headers as an object; a repeated header keeps all values. Bodies are stored decoded, so encodings are left out. */
export function replayHeaders({ rawHeaders }: Interaction): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!.toLowerCase();
    if (/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name)) continue;
    (headers[name] ??= []).push(rawHeaders[index + 1]!);
  }
  return headers;
}

/** A recorded answer as a server sends it. */
export function toResponse(interaction: Interaction): {
  status: number;
  headers: Record<string, string[]>;
  pieces: Buffer[];
} {
  return { status: interaction.status, headers: replayHeaders(interaction), pieces: [responseBytes(interaction)] };
}

/** The JSON objects of an answer in order, and whether the end mark came. Independent of core's readers. */
export type Payloads = { readonly objects: readonly Json[]; readonly hasEndMark: boolean };

export function readPayloads(interaction: Interaction): Payloads {
  const text = responseBytes(interaction)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  const whole = readJson(text);
  if (whole !== undefined) return { objects: [whole], hasEndMark: false };
  const lines = text.split(/\r\n|\r|\n/);
  // NDJSON has a JSON text on each line; events have fields, and a blank line after each.
  if (lines.some((line) => /^(data|event|id|retry)?:/.test(line))) return readEvents(lines);
  const objects = lines.map(readJson).filter((json) => json !== undefined);
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
    const json = readJson(text);
    if (json !== undefined && json !== null) objects.push(json);
  }
  return { objects, hasEndMark };
}

/** The body of an error as core sees it: after the quirks of the definition. */
export function afterErrorQuirks({ quirks = [] }: Definition, body: Json, status: number, model = ""): Json {
  const context: WireContext = { model, status, headers: {} };
  return quirks.reduce((json, quirk) => quirk.error?.(json, context) ?? json, body);
}

/** The JSON of an answer as the dialect sees it: after the quirks of the definition. */
export function afterQuirks({ quirks = [] }: Definition, objects: readonly Json[], context: WireContext): JsonObject[] {
  return objects.map((json) =>
    quirks.reduce((chunk, quirk) => quirk.chunk?.(chunk, context) ?? chunk, json as JsonObject),
  );
}
