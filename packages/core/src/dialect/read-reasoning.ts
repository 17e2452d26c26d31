import type { JsonObject } from "../json.ts";
import { readField } from "../read-field.ts";

/**
 * The reasoning of a delta or message, in whichever of the four forms it stands: `reasoning_content`, `reasoning`,
 * `reasoning_details`, thinking parts of `content`. Blocks that must go back verbatim are handed to `keep`.
 */
export function readReasoning(delta: JsonObject, keep: (blocks: readonly JsonObject[]) => void): string {
  const reasoning_content = readField(delta, "reasoning_content");
  const reasoning = readField(delta, "reasoning");
  const reasoning_details = readField(delta, "reasoning_details");
  const content = readField(delta, "content");
  const details = Array.isArray(reasoning_details) ? (reasoning_details as JsonObject[]).filter(isObject) : [];
  if (details.length > 0) keep(details);
  if (typeof reasoning_content === "string" && reasoning_content !== "") return reasoning_content;
  if (typeof reasoning === "string" && reasoning !== "") return reasoning;
  if (details.length > 0) return details.map((block) => textOf(block["text"] ?? block["summary"])).join("");
  if (!Array.isArray(content)) return "";
  const parts = (content as JsonObject[]).filter((part) => isObject(part) && part["type"] === "thinking");
  if (parts.length > 0) keep(parts);
  return parts.map((part) => textOf(part["thinking"] ?? part["text"])).join("");
}

/** A text, or a list of parts that are text. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return "";
  return value.map((part: JsonObject) => (typeof part?.["text"] === "string" ? part["text"] : "")).join("");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}
