import { type Definition, type ErrorRule, type Json } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";

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
