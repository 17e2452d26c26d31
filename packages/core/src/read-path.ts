/** The value at a dotted path (`"choices.0.finish_reason"`); `undefined` where there is none. */
export function readPath(value: unknown, path: string | readonly string[]): unknown {
  let current = value;
  for (const key of typeof path === "string" ? path.split(".") : path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
