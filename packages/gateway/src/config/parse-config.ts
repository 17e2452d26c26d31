import { closestName } from "@llm-provider/core/internal";
import { LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { configSchema } from "./config-schema.ts";
import { expandVariables } from "./expand-variables.ts";
import type { ConfigPath, ConfigProblem, ReadConfig } from "./config.ts";

/** Reads the text of a `gateway.yaml`. Every mistake is reported, not only the first. */
export function parseConfig(text: string, env: Readonly<Record<string, string | undefined>>): ReadConfig {
  const lines = new LineCounter();
  const at = (offset: number): Pick<ConfigProblem, "line" | "column"> => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  let locate: ReadConfig["locate"] = () => at(0);
  const failed = (problems: ConfigProblem[]): ReadConfig => ({
    problems: problems.sort((one, other) => one.line - other.line || one.column - other.column),
    locate,
    variableAt: () => undefined,
  });

  let value: unknown;
  let expanded: ReturnType<typeof expandVariables>;
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    if (document.errors.length > 0)
      return failed(
        document.errors.map(({ message, pos }) => ({ ...at(pos[0]), message: message.replace(/\.?$/, ".") })),
      );
    locate = (path) => at(offsetOf(document, path));
    const raw: unknown = document.toJS({ maxAliasCount: 100 });
    if (typeof raw !== "object" || raw === null || Array.isArray(raw))
      return failed([{ line: 1, column: 1, message: "A configuration is a list of keys: begin with `version: 1`." }]);
    expanded = expandVariables(raw, env);
    ({ value } = expanded);
  } catch (error) {
    // Nested or repeated without end: nobody writes such a file by hand.
    return failed([{ line: 1, column: 1, message: `The file cannot be read: ${(error as Error).message}.` }]);
  }

  const { unset, names } = expanded;
  const checked = configSchema.safeParse(value);
  const problems = [
    ...unset.map(({ path, message }) => ({ ...locate(path), message })),
    // A value that still has its variable in it needs no further complaint.
    ...(checked.error?.issues ?? [])
      .filter((issue) => !unset.some(({ path }) => path.join("\n") === issue.path.join("\n")))
      .flatMap((issue) => describeIssue(issue, [], value, locate)),
  ];
  const config = checked.data;
  problems.push(...checkNames(value as RawNames, locate));
  return problems.length > 0 || !config
    ? failed(problems)
    : { config, problems: [], locate, variableAt: (path) => names.get(path.join("\n")) };
}

type Issue = z.core.$ZodIssue;

/** The mistakes that an issue means. Of a union, those of the form that was meant. */
function describeIssue(
  issue: Issue,
  before: ConfigPath,
  value: unknown,
  locate: ReadConfig["locate"],
): ConfigProblem[] {
  const path = [...before, ...(issue.path as (string | number)[])];
  if (issue.code === "invalid_union") {
    const forms = issue.errors.filter(
      (errors) => !errors.some((one) => one.path.length === 0 && one.code === "invalid_type"),
    );
    if (forms[0]) return forms[0].flatMap((one) => describeIssue(one, path, value, locate));
  }
  const place = path.length === 0 ? "the configuration" : `\`${pathText(path)}\``;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      const known = knownKeys(path);
      const meant = closestName(key, known);
      const advice = meant ? `Did you mean \`${meant}\`?` : `There are: ${known.join(", ")}.`;
      return { ...locate([...path, key]), message: `\`${key}\` is not a key of ${place}. ${advice}` };
    });
  const given = valueAt(value, path);
  const problem = (message: string): ConfigProblem[] => [{ ...locate(path), message }];
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
    return problem(`${place}: it must ${wanted(issue.expected, knownKeys(path))}.`);
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

/** What of a configuration names another part of it, as far as it is written as it should be. */
type RawNames = { readonly clients?: unknown; readonly models?: unknown };

/** Names that must exist elsewhere in the configuration, and keys that must differ. */
function checkNames({ clients, models }: RawNames, locate: ReadConfig["locate"]): ConfigProblem[] {
  const known = Object.keys(entriesOf(models));
  const problems: ConfigProblem[] = [];
  const owners = new Map<unknown, string>();
  for (const [client, given] of Object.entries(entriesOf(clients))) {
    const { key, models: allowed } = entriesOf(given);
    for (const [index, model] of (Array.isArray(allowed) ? allowed : []).entries()) {
      if (typeof model !== "string" || known.includes(model)) continue;
      const meant = closestName(model, known);
      const advice = meant ? `Did you mean \`${meant}\`?` : `There are: ${known.join(", ")}.`;
      problems.push({
        ...locate(["clients", client, "models", index]),
        message: `There is no model \`${model}\`. ${advice}`,
      });
    }
    const other = owners.get(key);
    owners.set(key, client);
    if (other !== undefined && typeof key === "string" && !key.includes("${"))
      problems.push({
        ...locate(["clients", client, "key"]),
        message: `\`${client}\` and \`${other}\` have the same key: nobody could tell them apart.`,
      });
  }
  return problems;
}

function entriesOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A part of a JSON Schema, as far as it is walked here. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** The keys that an object of the configuration may have. */
function knownKeys(path: ConfigPath): string[] {
  let schema: Schema | undefined = z.toJSONSchema(configSchema, { io: "input" }) as Schema;
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

/** Where a part of the text begins: of a key that is not there, the object that lacks it. */
function offsetOf(document: Document.Parsed, path: ConfigPath): number {
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

function valueAt(value: unknown, path: ConfigPath): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

function pathText(path: ConfigPath): string {
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
