import type { Json, JsonObject } from "@llm-provider/core";

/** Moves the list of refused fields to `detail`. Mistral sends it in one of five places. */
export function findDetail(body: Json): Json {
  if (!isObject(body)) return body;
  const { message, ...rest } = body;
  const inner = typeof message === "string" ? parse(message) : message;
  const detail = [body["detail"], isObject(inner) ? inner["detail"] : inner].find((place) => Array.isArray(place));
  return detail ? { ...rest, detail } : body;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
