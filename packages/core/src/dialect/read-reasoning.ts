import { readField } from "../read-field.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";

/** Reasoning that must go back verbatim: blocks with signatures by the field in which they came, and opaque text fields. */
export interface KeptReasoning {
  details: JsonObject[];
  thinkingBlocks: JsonObject[];
  /** Message fields: texts are joined, of objects the last one is kept. */
  fields: Map<string, Json>;
}

/** Message fields with reasoning as one text; the first that is not empty is read. */
const textFields = ["reasoning_content", "reasoning", "reasoning_text", "thinking"] as const;

/** The types of content parts that are reasoning. */
export function isReasoningPart(part: JsonObject): boolean {
  return part["type"] === "thinking" || part["type"] === "reasoning";
}

/**
 * The reasoning of a delta or message, in whichever form it came: a text field, `reasoning_details`, `thinking_blocks`, or
 * parts of `content`. Everything that must go back verbatim is put into `kept`.
 */
export function readReasoning(delta: JsonObject, kept: KeptReasoning): string {
  const details = objectsIn(readField(delta, "reasoning_details"));
  const blocks = objectsIn(readField(delta, "thinking_blocks"));
  kept.details.push(...details);
  kept.thinkingBlocks.push(...blocks);
  const parts = objectsIn(readField(delta, "content")).filter(isReasoningPart);
  kept.details.push(...parts);
  for (const name of textFields) {
    const text = readField(delta, name);
    if (typeof text === "string" && text !== "") return text;
  }
  for (const list of [details, blocks, parts]) if (list.length > 0) return list.map(textOfBlock).join("");
  return "";
}

/** Keeps a field that goes back as it came. */
export function keepField({ fields }: KeptReasoning, name: string, value: Json | undefined): void {
  const before = fields.get(name);
  if (typeof value === "string") fields.set(name, typeof before === "string" ? before + value : value);
  else if (isJsonObject(value)) fields.set(name, isJsonObject(before) ? { ...before, ...value } : value);
}

function textOfBlock(block: JsonObject): string {
  return textOf(block["thinking"] ?? block["text"] ?? block["summary"]);
}

/** A text, or a list of text parts. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return objectsIn(value)
    .map(({ text }) => (typeof text === "string" ? text : ""))
    .join("");
}

/** The objects of a list; empty for anything else. */
export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
