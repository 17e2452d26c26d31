import type { ErrorRule } from "../definition/definition.ts";
import type { Json } from "../json.ts";
import { readPath } from "../read-path.ts";

/** Patterns are tried on this many characters: a careless pattern on a long text blocks the process. */
export const longestMatched = 8192;

/** Does a rule match this body? */
export function matches(rule: ErrorRule, body: Json, status: number): boolean {
  return (rule.status === undefined || rule.status === status) && bodyMatcher(rule)(body);
}

/** Does a rule's `body` match? Compiled once, since every chunk is tested. */
export function bodyMatcher(rule: ErrorRule): (body: Json) => boolean {
  const wanted = Object.entries(rule.body ?? {}).map(([path, value]) => ({ path: path.split("."), value }));
  return (body) => {
    for (const { path, value } of wanted) if (!isSuch(readPath(body, path), value)) return false;
    return true;
  };
}

function isSuch(found: unknown, wanted: string | RegExp): boolean {
  if (found === undefined || found === null) return false;
  const text = toText(found);
  return wanted instanceof RegExp ? text.slice(0, longestMatched).search(wanted) >= 0 : text === wanted;
}

/** A wire value as text: `String` would call a `toString` that the wire sent. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "object" && value !== null ? JSON.stringify(value) : "";
}
