import type { z } from "zod";
import { closestName } from "../definition/closest-name.ts";

/** A way into a value: names of keys and places in lists. */
export type ValuePath = readonly (string | number)[];

/** A mistake, and where in the value it is. */
export interface DescribedIssue {
  readonly path: ValuePath;
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
}

/** What was checked. */
interface Checked {
  readonly value: unknown;
  /** The JSON Schema of it: it says which keys there are. */
  readonly schema: object;
  /** What the whole of it is called, such as `the configuration`. */
  readonly whole: string;
}

type Issue = z.core.$ZodIssue;

/** The mistakes that zod found in a file that a person wrote, in sentences. Of a union, those of the form that was meant. */
export function describeIssues(issues: readonly Issue[], checked: Checked, before: ValuePath = []): DescribedIssue[] {
  return issues.flatMap((issue) => describeIssue(issue, checked, before));
}

function describeIssue(issue: Issue, checked: Checked, before: ValuePath): DescribedIssue[] {
  const path = [...before, ...(issue.path as (string | number)[])];
  if (issue.code === "invalid_union") {
    const forms = issue.errors.filter(
      (errors) => !errors.some((one) => one.path.length === 0 && one.code === "invalid_type"),
    );
    if (forms[0]) return describeIssues(forms[0], checked, path);
  }
  const place = path.length === 0 ? checked.whole : `\`${pathText(path)}\``;
  const known = knownKeys(checked.schema, path);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      const meant = closestName(key, known);
      const advice = meant ? `Did you mean \`${meant}\`?` : `Choose one of: ${known.join(", ")}.`;
      return { path: [...path, key], message: `\`${key}\` is not a key of ${place}. ${advice}` };
    });
  const given = valueAt(checked.value, path);
  const problem = (message: string): DescribedIssue[] => [{ path, message }];
  if (issue.code === "invalid_key") return problem(`${place}: a name is missing.`);
  if (given === undefined && path.length > 0)
    return problem(`${place} is missing.${path.at(-1) === "version" ? " Write `version: 1`." : ""}`);
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    const meant = typeof given === "string" ? closestName(given, values) : undefined;
    const quotes = values.includes(String(given)) ? ", without quotes" : "";
    const advice = meant ? `Did you mean \`${meant}\`?` : `It is one of: ${values.join(", ")}${quotes}.`;
    return problem(`${place} has a value that is not known. ${advice}`);
  }
  if (issue.message.startsWith("Too small") && "minimum" in issue)
    return problem(`${place}: it must be ${issue.minimum} or more.`);
  if (issue.message.startsWith("Too big") && "maximum" in issue)
    return problem(`${place}: it must be ${issue.maximum} or less.`);
  if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input"))
    return problem(`${place}: it must ${wanted(issue.expected, known)}.`);
  return problem(`${place}: ${lower(issue.message)}`);
}

function wanted(type: string, keys: readonly string[]): string {
  if (keys.length > 0) return `have keys of its own: ${keys.join(", ")}`;
  const words: Record<string, string> = {
    record: "be names, each with its own keys",
    array: "be a list",
    string: "be text",
    int: "be a whole number",
  };
  return words[type] ?? `be a ${type}`;
}

/** A part of a JSON Schema, as far as it is walked here. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** The keys that an object at this place may have. */
function knownKeys(whole: Schema, path: ValuePath): string[] {
  let schema: Schema | undefined = whole;
  for (const step of path) {
    const { properties, additionalProperties, items }: Schema = objectIn(schema) ?? {};
    schema = typeof step === "number" ? items : (properties?.[step] ?? (additionalProperties || undefined));
  }
  return Object.keys(objectIn(schema)?.properties ?? {});
}

/** Of several forms, the object. */
function objectIn(schema: Schema | undefined): Schema | undefined {
  return schema?.anyOf?.find(({ properties }) => properties) ?? schema;
}

/** A document of the package yaml, as far as it is read here. */
export interface ParsedDocument {
  getIn(path: ValuePath, keepScalar: true): unknown;
  readonly contents?: { readonly range?: readonly number[] | null } | null;
}

/** Where a part of the text begins: of a key that is not there, the object that lacks it. */
export function offsetIn(document: ParsedDocument, path: ValuePath): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) as { items?: readonly unknown[] } | undefined;
    const last = path[length - 1]!;
    for (const [index, item] of (parent?.items ?? []).entries()) {
      const pair = item as {
        key?: { value?: unknown; range?: [number, number, number] };
        range?: [number, number, number];
      };
      if (pair.key ? String(pair.key.value) === String(last) : index === last) {
        // A mistake in a value is shown at its key, which also a value that is missing has.
        const range = pair.key?.range ?? pair.range;
        if (range) return range[0];
      }
    }
  }
  return document.contents?.range?.[0] ?? 0;
}

function valueAt(value: unknown, path: ValuePath): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

function pathText(path: ValuePath): string {
  const written = path.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    const name = /^[\w:/@-]+$/.test(step) ? step : JSON.stringify(step);
    return index === 0 ? name : `.${name}`;
  });
  return written.join("");
}

function lower(text: string): string {
  const first = text.startsWith("`") ? text : text.charAt(0).toLowerCase() + text.slice(1);
  return first.endsWith(".") ? first : `${first}.`;
}
