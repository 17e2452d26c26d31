// Writes LibreChat's configuration as JSON Schema, and the parameters that `customParams` may name, from the published
// librechat-data-provider. Run it after an update of that package: `node e2e/librechat/make-schema.ts`. With `--check` it
// fails if the committed files are out of date.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ignoreOverride, zodToJsonSchema, type PostProcessCallback } from "zod-to-json-schema";
import { descriptions } from "./schema-descriptions.ts";

type Json = {
  [keyword: string]: unknown;
  properties?: { [key: string]: Json };
  additionalProperties?: Json | false;
  items?: Json;
  anyOf?: Json[];
  allOf?: Json[];
  required?: string[];
  enum?: unknown[];
};
type Parameter = { key: string; type: string; range?: { min: number; max: number }; options?: string[] };

const require = createRequire(import.meta.url);
const { Constants, configSchema, paramSettings, agentParamSettings } = require("librechat-data-provider");
const entry = require.resolve("librechat-data-provider");
const manifest = entry.replace(/(librechat-data-provider)\/.*$/, "$1/package.json");
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };

/** Places where LibreChat refuses an unknown key; elsewhere it ignores one. JSON Schema cannot express the difference. */
const markStrict: PostProcessCallback = (schema, def) =>
  schema && (def as unknown as { unknownKeys?: string }).unknownKeys === "strict"
    ? Object.assign(schema, { "x-strict": true })
    : schema;

/** LibreChat's checks in code, as far as JSON Schema can express them. */
const refinements: { readonly [path: string]: Json } = {
  endpoints: { minProperties: 1 },
  "endpoints.azureOpenAI.groups.*.addParams": { properties: { web_search: { type: "boolean" } } },
  "endpoints.custom.*.addParams": { properties: { web_search: { type: "boolean" } } },
};

function makeSchema(): Json {
  const raw = zodToJsonSchema(configSchema.strict(), {
    target: "jsonSchema7",
    // The input as a person writes it, before LibreChat transforms it.
    effectStrategy: "input",
    pipeStrategy: "input",
    $refStrategy: "none",
    applyRegexFlags: true,
    postProcess: markStrict,
    // The only recursive types are "any JSON value".
    override: (def) => ((def as unknown as { typeName: string }).typeName === "ZodLazy" ? {} : ignoreOverride),
  }) as Json;
  const { $schema, ...root } = simplify(raw);
  for (const [path, description] of Object.entries(descriptions)) schemaOf(root, path)["description"] = description;
  for (const [path, keywords] of Object.entries(refinements)) Object.assign(schemaOf(root, path), keywords);
  const definitions = hoist(root);
  return {
    $schema,
    $comment: `Made by e2e/librechat/make-schema.ts from librechat-data-provider ${version}. Do not edit.`,
    title: "librechat.yaml",
    description: `The configuration of LibreChat ${Constants.VERSION}, version ${Constants.CONFIG_VERSION}.`,
    "x-librechat": { version: Constants.VERSION, config: Constants.CONFIG_VERSION, dataProvider: version },
    ...root,
    definitions,
  };
}

/** Simplifies the schema: flat unions, merged intersections, URLs that may contain a variable. */
function simplify<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(simplify) as Node;
  return typeof node === "object" && node !== null ? (simplifySchema(node as unknown as Json) as Node) : node;
}

function simplifySchema(node: Json): Json {
  const plain: Json = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === "default" ? value : simplify(value)]),
  );
  const { anyOf, allOf, format, ...rest } = plain;
  if (anyOf) return { ...rest, ...union(anyOf) };
  if (allOf) return { ...rest, ...intersection(allOf) };
  // `properties` may contain a key of this name.
  if (format !== "uri") return plain;
  return {
    ...rest,
    pattern: "^[A-Za-z][A-Za-z0-9+.-]*:/{0,2}[^\\s/?#]|\\$\\{",
    patternErrorMessage: "it must be a URL",
  };
}

function union(branches: Json[]): Json {
  const flat = branches.flatMap((branch) => (Object.keys(branch).join() === "anyOf" ? branch.anyOf! : [branch]));
  const texts = new Set(flat.filter((branch) => !branch["not"]).map((branch) => JSON.stringify(branch)));
  const options = [...texts].map((text) => JSON.parse(text) as Json);
  if (options.length === 1) return options[0]!;
  if (options.every((option) => option.enum && option["type"] === "string"))
    return { type: "string", enum: [...new Set(options.flatMap((option) => option.enum!))] };
  return { anyOf: options };
}

function intersection(parts: Json[]): Json {
  const required = [...new Set(parts.flatMap((part) => part.required ?? []))];
  return {
    type: "object",
    properties: Object.assign({}, ...parts.map((part) => part.properties)),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** The schema of the part at a path such as `endpoints.custom.*.name`. */
function schemaOf(root: Json, path: string): Json {
  const found = path.split(".").reduce<Json | undefined>((node, step) => {
    if (step === "*") return node?.items ?? (node?.additionalProperties || undefined);
    return node?.properties?.[step];
  }, root);
  if (!found) throw new Error(`LibreChat no longer has ${path}.`);
  return found;
}

/** Moves every large schema that occurs more than once into `definitions`, named after the first key that has it. */
function hoist(root: Json): Json {
  const counts = new Map<string, number>();
  const isLarge = (node: Json): boolean =>
    Boolean(node.properties ?? node.enum ?? node.anyOf) && JSON.stringify(node).length > 150;
  visit(root, (node) => {
    const text = JSON.stringify(node);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    return counts.get(text) === 1;
  });
  const names = new Map<string, string>();
  const definitions: { [name: string]: Json } = {};
  visit(root, (node, name, replace) => {
    const text = JSON.stringify(node);
    if (!isLarge(node) || counts.get(text)! < 2 || node === root) return true;
    const isNew = !names.has(text);
    if (isNew) {
      const taken = [...names.values()].filter((other) => other.replace(/\d+$/, "") === name).length;
      names.set(text, taken === 0 ? name : `${name}${taken + 1}`);
      definitions[names.get(text)!] = node;
    }
    replace({ $ref: `#/definitions/${names.get(text)}` });
    return isNew;
  });
  return definitions;
}

type Visit = (node: Json, name: string, replace: (other: Json) => void) => boolean;

/** Calls `see` for every schema in `parent`, outermost first. If it returns false, skips the schemas inside. */
function visit(parent: Json, see: Visit, name = "root"): void {
  const step = (holder: object, key: string | number, label: string): void => {
    const place = holder as { [key: string | number]: Json };
    const node = place[key]!;
    if (typeof node !== "object") return;
    const goesOn = see(node, label, (other) => {
      place[key] = other;
    });
    if (goesOn) visit(node, see, label);
  };
  const { properties = {}, anyOf = [] } = parent;
  for (const key of Object.keys(properties)) step(properties, key, key);
  for (const index of anyOf.keys()) step(anyOf, index, name);
  if (parent.items) step(parent, "items", `${name}Item`);
  if (parent.additionalProperties) step(parent, "additionalProperties", `${name}Value`);
}

function makeParameters(): Json {
  const settings: [string, Parameter[]][] = [...new Set(Object.keys({ ...paramSettings, ...agentParamSettings }))].map(
    (set) => [set, [...(paramSettings[set] ?? []), ...(agentParamSettings[set] ?? [])]],
  );
  const facts: { [key: string]: object } = {};
  // If two sets disagree, the one that custom endpoints use wins.
  for (const [, parameters] of [...settings].sort(([a], [b]) => Number(b === "custom") - Number(a === "custom")))
    for (const { key, type, range, options } of parameters)
      facts[key] ??= { type, ...(range && { range: [range.min, range.max] }), ...(options && { options }) };
  const sets = settings.map(([set, parameters]) => [set, [...new Set(parameters.map(({ key }) => key))]]);
  return { sets: Object.fromEntries(sets), facts };
}

for (const [name, make] of [
  ["librechat-schema", makeSchema],
  ["librechat-parameters", makeParameters],
] as const) {
  const url = new URL(`../../packages/librechat/src/schema/${name}.json`, import.meta.url);
  const text = `${JSON.stringify(make(), null, 2)}\n`;
  if (!process.argv.includes("--check")) writeFileSync(url, text);
  else if (readFileSync(url, "utf8") !== text) {
    console.error(
      `${name}.json does not match librechat-data-provider ${version}. Run \`node e2e/librechat/make-schema.ts\`.`,
    );
    process.exitCode = 1;
  }
}
