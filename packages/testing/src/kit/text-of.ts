import type { JsonObject } from "@llm-provider/core";

/** The visible text of a message's content, whether it is a text or a list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return Array.isArray(content)
    ? content.map((part: JsonObject) => (part["type"] === "text" ? String(part["text"]) : "")).join("")
    : "";
}
