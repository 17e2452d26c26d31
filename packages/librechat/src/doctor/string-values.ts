import type { Path } from "./check-outline.ts";

/** Every text in a value, with the way to it. */
export function* stringValues(value: unknown, path: Path = []): Generator<[path: Path, text: string]> {
  if (typeof value === "string") yield [path, value];
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* stringValues(item, [...path, index]);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* stringValues(item, [...path, key]);
  }
}
