import type { ErrorCode, ErrorRule, Json } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { ProbedError, ProbeReport } from "../report.ts";

const source = "probe";

/** Error rules for the observed refusals, each with the endpoint's own body. A rule that would match anything is left out. */
export function toErrorRules({ errors }: ProbeReport): ErrorRule[] {
  const rules: ErrorRule[] = [];
  for (const error of errors) {
    const rule = toRule(error);
    if (!rule) continue;
    const key = (one: ErrorRule): string =>
      `${one.status} ${Object.entries(one.body ?? {})
        .map(String)
        .join(" ")}`;
    if (!rules.some((one) => key(one) === key(rule))) rules.push(rule);
  }
  return rules;
}

const about: { readonly [of: string]: readonly [code: ErrorCode, hint: string] } = {
  "invalid-key": ["invalid-key", "The key is wrong or missing. Make a new one and set the variable of the key."],
  "unknown-model": ["not-found", "There is no such model, or this key may not use it. `models()` lists the models."],
};

/** Sent values that a body may repeat. */
const sentNames: { readonly [of: string]: string } = { "unknown-model": "no-such-model" };

function toRule({ of, status, body }: ProbedError): ErrorRule | undefined {
  const [code, hint] = about[of] ?? [
    "unsupported-parameter" as const,
    "The endpoint does not take this parameter. Leave it out; in LibreChat add it to `dropParams`.",
  ];
  if (status < 400) return undefined;
  if (of === "invalid-key") return { status, code, hint, example: body, source };
  const name = sentNames[of] ?? of;
  const hole = of === "unknown-model" ? "{value}" : "{parameter}";
  const place = longestText(body, name);
  if (place === undefined) return undefined;
  const text = String(readPath(body, place));
  const pattern = new RegExp(`^${text.split(word(name)).map(escape).join(".+")}$`);
  // Only the name itself: such a pattern fits every text.
  if (text.replaceAll(word(name), "").trim().length < 4) return undefined;
  return { status, body: { [place]: pattern }, code, hint, example: replaced(body, name, hole), source };
}

/** The path of the longest text that contains the name. */
function longestText(body: Json | undefined, name: string, path = ""): string | undefined {
  if (typeof body === "string") return path !== "" && body.search(word(name)) >= 0 ? path : undefined;
  if (typeof body !== "object" || body === null) return undefined;
  const places = Object.entries(body)
    .filter(([key]) => !key.includes("."))
    .flatMap(([key, value]) => longestText(value as Json, name, path === "" ? key : `${path}.${key}`) ?? []);
  return places.sort((a, b) => lengthAt(body, b, path) - lengthAt(body, a, path))[0];
}

function lengthAt(body: Json, place: string, path: string): number {
  return String(readPath(body, path === "" ? place : place.slice(path.length + 1))).length;
}

function replaced(body: Json | undefined, name: string, hole: string): Json {
  if (typeof body === "string") return body.replaceAll(word(name), hole);
  if (Array.isArray(body)) return body.map((item: Json) => replaced(item, name, hole));
  if (typeof body !== "object" || body === null) return body ?? null;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, replaced(value as Json, name, hole)]));
}

/** The name as a separate word: many words contain an `n`. */
function word(name: string): RegExp {
  return new RegExp(`(?<![\\w-])${escape(name)}(?![\\w-])`, "g");
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
