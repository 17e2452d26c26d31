import type { Json } from "./json.ts";

/** Deeper than any error body is, and far from the end of anybody's stack. */
const deepest = 100;

/** A JSON value without what is nested too deeply: whoever walks it would run out of stack. */
export function limitDepth(value: Json, left: number = deepest): Json {
  if (typeof value !== "object" || value === null) return value;
  if (left === 0) return "…";
  if (Array.isArray(value)) return value.map((item: Json) => limitDepth(item, left - 1));
  const entries = Object.entries(value).map(([key, inner]) => [key, limitDepth(inner ?? null, left - 1)]);
  return Object.fromEntries(entries) as Json;
}
