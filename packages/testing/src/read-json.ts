import type { Json, JsonObject } from "@llm-provider/core";

/** The JSON of a text; `undefined` if the text is not JSON. */
export function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Is a value an object, not `null` and not a list? */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
