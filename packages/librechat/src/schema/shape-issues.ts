import { Validator, type OutputUnit, type Schema } from "@cfworker/json-schema";
import { pathOfPointer, pathText, valueAt, type Path } from "../config/config-path.ts";
import { configSchema, knownKeys, resolveSchema, schemaAt, type JsonSchema } from "./config-schema.ts";

/** One place where a configuration does not match LibreChat's schema. */
export type ShapeIssue =
  | { kind: "type"; path: Path; expected: string; received: string }
  | { kind: "missing"; path: Path; key: string; expected: string }
  | { kind: "choice"; path: Path; choices: readonly unknown[]; received: unknown }
  /** `bound` is the requirement: "it must not be empty". */
  | { kind: "bound"; path: Path; bound: string }
  | { kind: "unknown"; path: Path; key: string; known: readonly string[]; isFatal: boolean };

const known = new WeakMap<object, ShapeIssue[]>();
let validator: Validator | undefined;

/** Every place where a configuration does not match LibreChat's schema. Computed once for an object. */
export function shapeIssues(config: object): readonly ShapeIssue[] {
  const issues = known.get(config) ?? validate(config);
  known.set(config, issues);
  return issues;
}

function validate(config: object): ShapeIssue[] {
  validator ??= new Validator(configSchema() as Schema, "7", false);
  try {
    return readErrors(config, validator.validate(config).errors);
  } catch (error) {
    // The validator writes the place of an error as a URI, which cannot contain half a surrogate pair, and passes all errors of
    // a list to one function, which takes some hundred thousand.
    if (error instanceof URIError) return [{ kind: "bound", path: [], bound: "its keys must be well-formed Unicode" }];
    if (error instanceof RangeError) return [{ kind: "bound", path: [], bound: "it has too many mistakes to list" }];
    throw error;
  }
}

/** The type of a value in YAML's words. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "list";
  return typeof value === "object" ? (value instanceof Date ? "date" : "mapping") : typeof value;
}

/** The validator lists every error after that of the surrounding schema, including those of all alternatives. */
function readErrors(config: object, errors: readonly OutputUnit[]): ShapeIssue[] {
  const issues: ShapeIssue[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < errors.length; index++) {
    const { keyword, keywordLocation, instanceLocation } = errors[index]!;
    if (keyword === "anyOf") {
      const inner = errorsBelow(errors, index);
      issues.push(...closestAlternative(config, errors[index]!, inner));
      index += inner.length;
    } else if (!containers.includes(keyword)) {
      // Every missing or unknown key has its own error; the first reports them all. One of two broken bounds is enough.
      const group = shapeKeywords.includes(keyword) ? keyword : "bound";
      const place = `${group} ${keywordLocation.slice(0, -keyword.length)} ${instanceLocation}`;
      if (!seen.has(place)) issues.push(...readError(config, errors[index]!));
      seen.add(place);
    }
  }
  return issues;
}

/** Keywords whose error only says that something inside is wrong. */
const containers = ["false", "$ref", "properties", "items"];
const shapeKeywords = ["type", "enum", "const", "required", "additionalProperties", "not"];

function readError(config: object, { keyword, keywordLocation, instanceLocation }: OutputUnit): ShapeIssue[] {
  const path = pathOfPointer(instanceLocation, config);
  const schema = schemaAt(keywordLocation);
  const value = valueAt(config, path);
  switch (keyword) {
    case "type": {
      if (schema.enum || "const" in schema) return [];
      if (schema.type === "integer" && typeof value === "number")
        return [{ kind: "bound", path, bound: "it must be a whole number" }];
      return [{ kind: "type", path, expected: expectedType(schema), received: typeName(value) }];
    }
    case "enum":
    case "const":
      return [{ kind: "choice", path, choices: schema.enum ?? [schema.const], received: value }];
    case "required":
      return schema
        .required!.filter((key) => !Object.hasOwn(value as object, key))
        .map((key) => ({ kind: "missing", path, key, expected: expectedType(schema.properties![key]!) }));
    case "additionalProperties": {
      if (schema.additionalProperties !== false) return [];
      const isFatal = schema["x-strict"] === true;
      return Object.keys(value as object)
        .filter((key) => !Object.hasOwn(schema.properties ?? {}, key))
        .map((key) => ({ kind: "unknown", path, key, known: knownKeys(schema), isFatal }));
    }
    case "not": {
      const around = schemaAt(keywordLocation, 3);
      return [
        { kind: "unknown", path: path.slice(0, -1), key: String(path.at(-1)), known: knownKeys(around), isFatal: true },
      ];
    }
    default:
      return [
        { kind: "bound", path, bound: schema.patternErrorMessage ?? bounds[keyword]!(schema[keyword as "pattern"]) },
      ];
  }
}

const entries = (limit: unknown): string => `${limit} ${limit === 1 ? "entry" : "entries"}`;

/** The requirement for a value, by the keyword that it breaks. */
const bounds: { readonly [keyword: string]: (limit: unknown) => string } = {
  minimum: (limit) => `it must be at least ${limit}`,
  maximum: (limit) => `it must be at most ${limit}`,
  exclusiveMinimum: (limit) => `it must be more than ${limit}`,
  exclusiveMaximum: (limit) => `it must be less than ${limit}`,
  minLength: (limit) => (limit === 1 ? "it must not be empty" : `it must have at least ${limit} characters`),
  maxLength: (limit) => `it must have at most ${limit} characters`,
  minItems: (limit) => `it must have at least ${entries(limit)}`,
  maxItems: (limit) => `it must have at most ${entries(limit)}`,
  minProperties: (limit) => `it must have at least ${limit} ${limit === 1 ? "key" : "keys"}, or be left out`,
  pattern: (limit) => `it must match /${limit}/`,
};

/** The errors inside the one at `index`: they follow it, at places inside its place. */
function errorsBelow(errors: readonly OutputUnit[], index: number): OutputUnit[] {
  const { keywordLocation, instanceLocation } = errors[index]!;
  const isInside = (place: string, around: string): boolean => place === around || place.startsWith(`${around}/`);
  let end = index + 1;
  while (
    end < errors.length &&
    isInside(errors[end]!.instanceLocation, instanceLocation) &&
    // The validator gives no place for a schema that is just `false`.
    (errors[end]!.keyword === "false" || isInside(errors[end]!.keywordLocation, keywordLocation))
  )
    end++;
  return errors.slice(index + 1, end);
}

/** The issues of the closest alternative: of the right kind, with the fewest issues at which LibreChat stops. */
function closestAlternative(config: object, union: OutputUnit, errors: readonly OutputUnit[]): ShapeIssue[] {
  const path = pathOfPointer(union.instanceLocation, config);
  const value = valueAt(config, path);
  const results = schemaAt(union.keywordLocation).anyOf!.map((_, index) => {
    const place = `${union.keywordLocation}/${index}/`;
    return readErrors(
      config,
      errors.filter(({ keywordLocation }) => keywordLocation.startsWith(place)),
    );
  });
  const isHere = (issue: ShapeIssue): boolean => issue.kind === "type" && issue.path.length === path.length;
  const sameType = results.filter((issues) => !issues.some(isHere));
  if (sameType.length === 0) {
    const expected = results
      .flat()
      .flatMap((issue) => (issue.kind === "type" && isHere(issue) ? [issue.expected] : []));
    return [{ kind: "type", path, expected: [...new Set(expected)].join(" or "), received: typeName(value) }];
  }
  const weight = (issues: ShapeIssue[]): number => issues.filter(isFatalIssue).length * 100 + issues.length;
  const closest = sameType.reduce((best, issues) => (weight(issues) < weight(best) ? issues : best));
  return closest.map((issue) => (issue.kind === "choice" ? withOtherChoices(issue, sameType.flat()) : issue));
}

/** Alternatives often differ by the value of one key: then each of these values is a choice. */
function withOtherChoices(choice: ShapeIssue & { kind: "choice" }, issues: readonly ShapeIssue[]): ShapeIssue {
  const place = pathText(choice.path);
  const same = issues.flatMap((issue) =>
    issue.kind === "choice" && pathText(issue.path) === place ? issue.choices : [],
  );
  return { ...choice, choices: [...new Set(same)] };
}

/** LibreChat stops at these; it ignores the others. */
export function isFatalIssue(issue: ShapeIssue): boolean {
  return issue.kind !== "unknown" || issue.isFatal;
}

function expectedType(part: JsonSchema): string {
  const schema = resolveSchema(part);
  const choices = schema.enum ?? ("const" in schema ? [schema.const] : undefined);
  if (choices) return choices.map((choice) => JSON.stringify(choice)).join(" or ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map(expectedType))].join(" or ");
  const names: { [type: string]: string } = { object: "mapping", array: "list", integer: "number" };
  return [schema.type ?? "value"]
    .flat()
    .map((type) => names[type] ?? type)
    .join(" or ");
}
