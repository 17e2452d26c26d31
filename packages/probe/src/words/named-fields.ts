import type { Json } from "@llm-provider/core";

/** Fields that are English words too, or a single letter: a sentence may contain them by chance. */
const ordinary: ReadonlySet<string> = new Set(["n", "stop", "user", "store", "seed", "tools", "metadata", "verbosity"]);
/** Keys under which an error body names the field at fault. */
const keys =
  /^(param|parameter|params|parameters|field|fields|keys|loc|location|path|property|properties|argument|arguments|name|names|pointer|unrecognized\w*|unsupported\w*|invalid\w*)$/i;
/** Keys under which it repeats the request. */
const echoes = /^(input|ctx|request|request_body|received|body|payload|url)$/i;
/** Lists of allowed names, and advice to use another name, mention fields that are not at fault. */
const advice = [
  /(?<!\bnot\s)\b(?:supported|allowed|valid|accepted|permitted|known|available|expected)\s+(?:parameters?|fields?|arguments?|keys?|names?|properties|options)\b[^.;]*/gi,
  /\b(?:parameters?|fields?|arguments?|keys?|names?)\s+(?:are\s+|is\s+)?(?:supported|allowed|accepted|known)\s*:[^.;]*/gi,
  /\b(?:expected|must be|should be|allowed are|supported are)?\s*\bone of\b[^;\n]*/gi,
  /\b(?:please\s+)?(?:use|try|prefer|consider|replaced (?:by|with)|renamed to|in favou?r of)\b[^.;]*/gi,
  /\bdid you mean\b[^.;?]*/gi,
];

/** The sent fields that an endpoint's words blame, in the order in which they are named. */
export function namedFields(words: string, body: Json | undefined, sent: readonly string[]): string[] {
  const structured = unique(fieldTexts(body).flatMap((text) => sent.filter((name) => asPath(name).test(text))));
  if (structured.length > 0 && structured.length < Math.max(2, sent.length)) {
    // A body may have a field for one name, but its message a clause for each.
    const clauses = words.split(/[;\n]/).map((clause) => namesIn(clause, sent)[0]);
    const told = clauses.length > 1 && clauses.every((name) => name !== undefined) ? (clauses as string[]) : [];
    return unique([...structured, ...told]);
  }
  for (const text of new Set([words, textsIn(body).join("\n")])) {
    const named = namesIn(text, sent);
    if (named.length > 0) return named;
  }
  return [];
}

function namesIn(words: string, sent: readonly string[]): string[] {
  const said = advice.reduce((text, pattern) => text.replaceAll(pattern, " "), words.slice(0, longest));
  const quoted = mentions(said, sent, quote);
  if (quoted.length > 0) return notAll(quoted, sent);
  const bare = mentions(said, sent, plain);
  const sure = bare.filter((name) => !ordinary.has(name) || said.search(introduced(name)) >= 0);
  return notAll(sure.length > 0 ? sure : bare, sent);
}

/** Patterns are tried on this many characters. */
const longest = 8192;

/** All texts of a body except those that repeat the request. */
function textsIn(body: Json | undefined): string[] {
  if (typeof body === "string") return [body];
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => (echoes.test(name) ? [] : textsIn(value)));
}

/** Words that name every field repeat the request and blame no field. */
function notAll(named: string[], sent: readonly string[]): string[] {
  return sent.length > 3 && named.length === sent.length ? [] : named;
}

function mentions(text: string, sent: readonly string[], pattern: (name: string) => RegExp): string[] {
  return sent
    .map((name) => ({ name, at: text.search(pattern(name)) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

/** A pattern for each name, made once. */
function perName(make: (name: string) => RegExp): (name: string) => RegExp {
  const made = new Map<string, RegExp>();
  return (name) => {
    const pattern = made.get(name) ?? make(name);
    made.set(name, pattern);
    return pattern;
  };
}

const plain = perName((name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`));
const quote = perName((name) => new RegExp(`["'\`«“‘([.]${name}["'\`»”’)\\].:[]`));
/** `parameter stop`, `stop: …`, `stop is not …` at the beginning of a sentence. */
const introduced = perName(
  (name) =>
    new RegExp(
      `(?:parameters?|params?|fields?|arguments?|keys?|property|option|body)[\\s:=.-]*${name}(?![\\w-])|(?:^|[.;:,\\n]\\s*)${name}\\s*(?::|=|is\\b|are\\b|must\\b|was\\b|should\\b|cannot\\b|not\\b)`,
      "i",
    ),
);
/** `tools`, `body.tools`, `tools[0].function`, `$.tools`, `/tools/0`. */
const asPath = perName((name) => new RegExp(`^(?:\\$?[./]?(?:body|request|input|root)?[./]?)?${name}(?:$|[.[/\\]])`));

/** The texts of a body in places where endpoints name a field. */
function fieldTexts(body: Json | undefined, key = ""): string[] {
  if (typeof body === "string") return keys.test(key) ? [body] : [];
  if (typeof body !== "object" || body === null) return [];
  if (Array.isArray(body)) {
    // `loc: ["body", "messages", 0]` is one path; `params: ["a", "b"]` are two names.
    const parts = body as readonly Json[];
    if (/^(loc|path)$/i.test(key)) {
      const path = parts.filter((part) => typeof part === "string" && !/^(body|request)$/i.test(part));
      return path.slice(0, 1) as string[];
    }
    return parts.flatMap((part) => fieldTexts(part, key));
  }
  return Object.entries(body).flatMap(([name, value]) => (echoes.test(name) ? [] : fieldTexts(value, name)));
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
