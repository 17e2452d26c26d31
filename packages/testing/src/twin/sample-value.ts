import type { Json, JsonObject } from "@llm-provider/core";

/** A value that a JSON Schema admits. Texts are taken from `words`, in turn, as long as there are any. */
export function sampleValue(schema: Json | undefined, words: string[], name = "text"): Json {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return words.shift() ?? name;
  const {
    const: fixed,
    enum: choices,
    default: standard,
    anyOf,
    oneOf,
    type,
    properties,
    items,
    required,
    minimum,
  } = schema as JsonObject;
  if (fixed !== undefined) return fixed;
  if (Array.isArray(choices) && choices.length > 0) return choices[0] as Json;
  if (standard !== undefined) return standard;
  for (const alternatives of [anyOf, oneOf]) {
    if (Array.isArray(alternatives) && alternatives.length > 0)
      return sampleValue(alternatives[0] as Json, words, name);
  }
  switch (Array.isArray(type) ? type[0] : type) {
    case "object": {
      const wanted = Array.isArray(required) ? (required as string[]) : undefined;
      const entries = Object.entries((properties ?? {}) as JsonObject).filter(
        ([key]) => wanted === undefined || wanted.length === 0 || wanted.includes(key),
      );
      return Object.fromEntries(entries.map(([key, value]) => [key, sampleValue(value, words, key)]));
    }
    case "array":
      return [sampleValue(items, words, name)];
    case "integer":
    case "number":
      return typeof minimum === "number" ? minimum : 2;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return properties === undefined
        ? (words.shift() ?? name)
        : sampleValue({ ...(schema as JsonObject), type: "object" }, words, name);
  }
}
