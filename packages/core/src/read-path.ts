/** The value at a dotted path (`"choices.0.finish_reason"`); `undefined` if there is none. */
export function readPath(value: unknown, path: string | readonly string[]): unknown {
  let current = value;
  for (const key of typeof path === "string" ? path.split(".") : path) {
    if (typeof current !== "object" || current === null) return undefined;
    const next = (current as Record<string, unknown>)[key];
    // In most chunks of a stream most paths do not exist, and this check is cheaper than `hasOwn`.
    if (next === undefined || !Object.hasOwn(current, key)) return undefined;
    current = next;
  }
  return current;
}
