import { inspect, isDeepStrictEqual } from "node:util";
import type { Definition, Source } from "@llm-provider/core";
import { sourceOf } from "@llm-provider/core/internal";

/** The report of a failing check. */
export interface Problem {
  /** The place in the check: a parameter, a status, a case. */
  readonly at?: string;
  readonly expected: unknown;
  readonly got: unknown;
  readonly cassette?: string;
  /** The mistakes, a sentence each: printed instead of the rest. */
  readonly sentences?: readonly string[];
  /** The fact of the definition that requires it. */
  readonly fact?: { readonly path: string; readonly value?: unknown; readonly source?: Source };
}

const problems = new WeakMap<Error, Problem>();

/** An error that says what was expected and what was found. */
export function failure(problem: Problem): Error {
  const error = new Error(`expected ${show(problem.expected)}, got ${show(problem.got)}`);
  problems.set(error, problem);
  return error;
}

/** The lines below a failing check's title. An error without a problem was thrown by the provider. */
export function explain(error: unknown, definition: object | undefined): string[] {
  const problem = error instanceof Error ? problems.get(error) : undefined;
  if (!problem) return [`threw: ${error instanceof Error ? (error.stack ?? error.message) : show(error)}`];
  const { at, expected, got, cassette, fact, sentences } = problem;
  if (sentences) return [...sentences];
  const lines = [`expected: ${show(expected)}`, `got:      ${show(got)}`];
  if (at !== undefined) lines.unshift(`in:       ${at}`);
  if (cassette !== undefined) lines.push(`cassette: ${cassette}`);
  if (fact) {
    const page =
      fact.source === undefined || definition === undefined
        ? undefined
        : sourceOf(definition as Definition, fact.source);
    const said = fact.value === undefined ? "" : ` = ${show(fact.value)}`;
    lines.push(
      `fact:     ${fact.path}${said}${page ? `, see ${page.url}${page.asOf ? ` (read ${page.asOf})` : ""}` : ""}`,
    );
  }
  if (fact) lines.push(`to do:    correct the provider, or \`${fact.path}\` if its page says otherwise`);
  else if (cassette !== undefined)
    lines.push("to do:    correct the provider, or record again if the endpoint changed");
  return lines;
}

function show(value: unknown): string {
  return typeof value === "string" && value.includes(" ") && value.length < 200
    ? value
    : inspect(value, { depth: 8, breakLength: 160, maxStringLength: 600 });
}

export type About = Omit<Problem, "expected" | "got">;

/** The two are equal; a field that is undefined is absent. */
export function same(got: unknown, expected: unknown, about: About = {}): void {
  if (!isDeepStrictEqual(plain(got), plain(expected))) throw failure({ ...about, expected, got });
}

export function truth(condition: boolean, expected: string, got: unknown, about: About = {}): void {
  if (!condition) throw failure({ ...about, expected, got });
}

/** The error of a rejected promise. Fails if it was fulfilled. */
export async function rejectionOf(promise: Promise<unknown>, at?: string): Promise<unknown> {
  const outcome = await promise.then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) throw failure({ at, expected: "an error", got: outcome.value });
  return outcome.error;
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

/** The code of a ProviderError; for any other error, its name. */
export function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === "string" ? code : `no code (${typeof name === "string" ? name : typeof error})`;
}
