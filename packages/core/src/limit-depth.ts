import type { Json } from "./json.ts";

/** Deeper than any error body, and far below the limit of any stack. */
const deepest = 100;

/** A JSON value without its deepest levels: code that walks them would run out of stack. */
export function limitDepth(value: Json, left: number = deepest): Json {
  if (typeof value !== "object" || value === null) return value;
  if (left === 0) return "…";
  if (Array.isArray(value)) return value.map((item: Json) => limitDepth(item, left - 1));
  const entries = Object.entries(value).map(([key, inner]) => [key, limitDepth(inner ?? null, left - 1)]);
  return Object.fromEntries(entries) as Json;
}
