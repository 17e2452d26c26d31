import { isDeepStrictEqual } from "node:util";
import { failure, type Problem } from "./failure.ts";

type About = Omit<Problem, "expected" | "got">;

/** The two are equal; a field that is undefined is absent. */
export function same(got: unknown, expected: unknown, about: About = {}): void {
  if (!isDeepStrictEqual(plain(got), plain(expected))) throw failure({ ...about, expected, got });
}

export function truth(condition: boolean, expected: string, got: unknown, about: About = {}): void {
  if (!condition) throw failure({ ...about, expected, got });
}

/** Plain data: without undefined fields, prototypes and getters. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof RegExp || value instanceof Date) return String(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && typeof item !== "function")
      .map(([key, item]) => [key, plain(item)]),
  );
}
