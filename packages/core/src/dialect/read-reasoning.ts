import { readField } from "../read-field.ts";
import { isJsonObject, type JsonObject } from "../json.ts";

/** What must go back verbatim: blocks with signatures by the field that they came in, and fields that are opaque texts. */
export interface KeptReasoning {
  details: JsonObject[];
  thinkingBlocks: JsonObject[];
  texts: Map<string, string>;
}

/** Message fields that hold reasoning as one text; the first that says something is read. */
const textFields = ["reasoning_content", "reasoning", "reasoning_text"] as const;
/** Message fields that are sent back as they came. */
const keptTexts = ["reasoning_text", "reasoning_opaque"] as const;

/** The types of content parts that are reasoning. */
export function isReasoningPart(part: JsonObject): boolean {
  return part["type"] === "thinking" || part["type"] === "reasoning";
}

/**
 * The reasoning of a delta or message, in whichever form it came: a text field, `reasoning_details`, `thinking_blocks`, or
 * parts of `content`. What must go back verbatim is put into `kept`.
 */
export function readReasoning(delta: JsonObject, kept: KeptReasoning): string {
  const details = objectsIn(readField(delta, "reasoning_details"));
  const blocks = objectsIn(readField(delta, "thinking_blocks"));
  kept.details.push(...details);
  kept.thinkingBlocks.push(...blocks);
  for (const name of keptTexts) {
    const text = readField(delta, name);
    if (typeof text === "string") kept.texts.set(name, (kept.texts.get(name) ?? "") + text);
  }
  const parts = objectsIn(readField(delta, "content")).filter(isReasoningPart);
  kept.details.push(...parts);
  for (const name of textFields) {
    const text = readField(delta, name);
    if (typeof text === "string" && text !== "") return text;
  }
  for (const list of [details, blocks, parts]) if (list.length > 0) return list.map(textOfBlock).join("");
  return "";
}

function textOfBlock(block: JsonObject): string {
  return textOf(block["thinking"] ?? block["text"] ?? block["summary"]);
}

/** A text, or a list of parts that are text. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return objectsIn(value)
    .map(({ text }) => (typeof text === "string" ? text : ""))
    .join("");
}

/** The objects of a list; nothing where it is none. */
export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
