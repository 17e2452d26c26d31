import type { Definition, ErrorRule, Json } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";

/** What a person pasted, taken apart as far as it goes. */
export interface ErrorInput {
  readonly status?: number;
  /** The JSON in it, as text. */
  readonly body?: string;
  /** All of it. */
  readonly text: string;
}

/** From `422`, a JSON body, or a line of a log such as `422 {"message": …}` or `HTTP 429: Too Many Requests`. */
export function readError(input: string): ErrorInput {
  const text = input.trim();
  if (/^\d{3}$/.test(text)) return { status: Number(text), text };
  const body = findJson(text);
  const rest = body === undefined ? text : text.replace(body, " ");
  const status =
    /(?:^|\b(?:HTTP(?:\/\d(?:\.\d)?)?|status(?: code)?|error|code)[\s:=(]*)([45]\d\d)\b/i.exec(rest)?.[1] ??
    statusInside(body);
  return { ...(status !== undefined && { status: Number(status) }), ...(body !== undefined && { body }), text };
}

function findJson(text: string): string | undefined {
  const from = text.search(/[{[]/);
  const to = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  if (from < 0 || to < from) return undefined;
  const candidate = text.slice(from, to + 1);
  return parse(candidate) === undefined ? undefined : candidate;
}

function statusInside(body: string | undefined): string | undefined {
  return body && /"(?:code|status|status_code|statusCode)"\s*:\s*"?([45]\d\d)\b/.exec(body)?.[1];
}

/** How endpoints name the parameter that they did not like. Group 1 is the name. */
const patterns: readonly RegExp[] = [
  /Extra inputs are not permitted, field: '([\w.]+)'/,
  /Unsupported parameter:? ['"`]([\w.]+)['"`]/,
  /Unrecognized request arguments? supplied: (\w+)/,
  /Unknown (?:parameter|argument|field|name):? ['"`]([\w.]+)['"`]/i,
  /property ['"`]([\w.]+)['"`] is (?:unsupported|not supported)/i,
  /['"`](\w+)['"`] (?:is|are) (?:not supported|unsupported|not permitted|not allowed|unknown)/i,
  /(?:parameter|field|argument) ['"`]?(\w+)['"`]? (?:is|are) (?:not supported|unsupported|not permitted|not allowed|unknown)/i,
  /"loc"\s*:\s*\[\s*"body"\s*,\s*"(\w+)"/,
  /\bbody\.(\w+)/,
  /"param"\s*:\s*"(\w+)"/,
  /\bfield required:? ['"`]?(\w+)/i,
];

/** The parameter that an error text blames, if it names one. */
export function findParameter(text: string): string | undefined {
  const unescaped = text.replaceAll('\\"', '"');
  for (const pattern of patterns) {
    const name = pattern.exec(unescaped)?.[1];
    if (name !== undefined) return name.split(".").at(-1);
  }
  return undefined;
}

/** Letters of a text that are too few to tell it by, and of a part of one. */
const shortest = 10;
const shortestPart = 18;

/** Is this what a rule describes? A JSON body is matched as the client matches it; bare text by the documented wording. */
export function ruleSounds(definition: Definition, rule: ErrorRule, text: string): boolean {
  const body = parse(text);
  const fields = Object.entries(rule.body ?? {});
  const documented = rule.example === undefined ? "" : (definition.dialect.errorText(rule.example).message ?? "");
  if (typeof body === "object" && body !== null) {
    const { message } = definition.dialect.errorText(body);
    const isFit = fields.length > 0 && fields.every(([path, wanted]) => fits(readPath(body, path), wanted));
    return isFit || (message !== undefined && hasWording(documented, message));
  }
  const isNamed = fields.some(([, wanted]) =>
    wanted instanceof RegExp
      ? !isVague(wanted) && text.search(wanted) >= 0
      : isCode(wanted) && text.split(/[^\w-]+/).includes(wanted),
  );
  return isNamed || hasWording(documented, text);
}

/** A code such as `tool_use_failed`, and not a word that stands everywhere. */
function isCode(text: string): boolean {
  return /[_-]|\d{4}/.test(text);
}

/** What stands in a documented message between its names and numbers is the wording. */
function hasWording(documented: string, text: string): boolean {
  const [wanted, given] = [documented.toLowerCase(), text.toLowerCase()];
  if (given.length >= shortest && wanted.includes(given)) return true;
  if (wanted.length >= shortest && given.includes(wanted)) return true;
  const parts = wanted.split(/\{\w+\}|`[^`]*`|'[^']*'|"[^"]*"|\d+/).map((part) => part.trim());
  return parts.some((part) => part.length >= shortestPart && given.includes(part));
}

function fits(value: unknown, wanted: string | RegExp): boolean {
  if (value === undefined || value === null) return false;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return wanted instanceof RegExp ? text.search(wanted) >= 0 : text === wanted;
}

/** A pattern that any text satisfies says only that the field is there. */
function isVague(pattern: RegExp): boolean {
  return "\u0001".search(pattern) >= 0 || "x".search(pattern) >= 0;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
