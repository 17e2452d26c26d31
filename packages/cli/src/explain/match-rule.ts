import type { Definition, ErrorRule, Json } from "@llm-provider/core";
import { matches, readPath } from "@llm-provider/core/internal";
import type { LoggedError } from "@llm-provider/librechat";

/**
 * The possible bodies of an error. If only its words are left, they are used as the message of the usual
 * forms; a word that looks like a code may have been the code.
 */
export function bodiesOf({ body, text }: LoggedError): Json[] {
  // An SDK's error keeps the value of `error`, or the body itself.
  if (body !== undefined) return [body as Json, { error: body as Json }, ...coded(readPath(body, "error"))];
  return [{ error: { message: text }, message: text }, { error: text }, ...coded(text)];
}

/** A message of one word may be a code. */
function coded(word: unknown): Json[] {
  if (typeof word !== "string" || !/^[a-z]+(?:_[a-z]+)*$|^\d{4,}$/i.test(word)) return [];
  return [{ error: { message: word, code: word, type: word }, code: word, type: word }];
}

/** The rule that describes an error by its own pattern and status. Without a status, the pattern decides alone. */
export function matchRule(
  { errors = [], quirks = [] }: Definition,
  error: LoggedError,
): { readonly rule: ErrorRule; readonly body: Json } | undefined {
  const context = { model: "", status: error.status ?? 400, headers: error.headers };
  const bodies = bodiesOf(error).map((one) =>
    quirks.reduce<Json>((json, { error: change }) => change?.(json, context) ?? json, one),
  );
  for (const rule of errors) {
    if (error.status === undefined && !rule.body) continue;
    const body = bodies.find((one) => matches(rule, one, error.status ?? rule.status ?? 0));
    if (body !== undefined) return { rule, body };
  }
  return undefined;
}

/** The model of the catalogue that an error names: the longest id in its text. */
export function namedModel({ models }: Definition, entry: string): string | undefined {
  const ids = Object.keys(models).filter((id) => entry.includes(id));
  return ids.toSorted((a, b) => b.length - a.length)[0];
}
