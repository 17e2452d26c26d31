// Walks LibreChat's real schema and writes what the doctor knows of it: names, types, bounds. Run it after an update of
// librechat-data-provider: `node make-outline.mjs`, then the formatter. With `--check` it says whether what is there is
// current. Nothing of the package's code is copied.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { configSchema, paramSettings, agentParamSettings } = require("librechat-data-provider");
const entry = require.resolve("librechat-data-provider");
const { version } = JSON.parse(
  readFileSync(entry.replace(/(librechat-data-provider)\/.*$/, "$1/package.json"), "utf8"),
);

/** Refinements and transforms are code, so they are left out; rules of their own stand in for those that matter. */
function outline(schema) {
  const { _def: def } = schema;
  switch (def.typeName) {
    case "ZodObject": {
      const entries = Object.entries(def.shape()).map(([key, value]) => {
        const inner = outline(value);
        return [key + (inner.optional ? "?" : ""), inner.outline];
      });
      // oxlint-disable-next-line eslint/no-underscore-dangle -- zod 3's own name
      const rest = def.catchall._def.typeName === "ZodNever" ? [] : [["*", outline(def.catchall).outline]];
      const flag =
        def.unknownKeys === "strict" ? [["!", "strict"]] : def.unknownKeys === "passthrough" ? [["!", "open"]] : [];
      return { outline: Object.fromEntries([...flag, ...entries, ...rest]) };
    }
    case "ZodOptional":
    case "ZodDefault":
    case "ZodCatch":
      return { ...outline(def.innerType), optional: true };
    case "ZodNullable": {
      const inner = outline(def.innerType);
      return { ...inner, outline: { "|": [inner.outline, "null"] } };
    }
    case "ZodEffects":
      return outline(def.schema);
    case "ZodPipeline":
      return outline(def.in);
    case "ZodString":
      return { outline: `string${def.checks.map(stringCheck).join("")}` };
    case "ZodNumber":
      return { outline: numberOutline(def.checks) };
    case "ZodBoolean":
      return { outline: "boolean" };
    case "ZodNull":
      return { outline: "null" };
    case "ZodArray": {
      const min = def.minLength ? [`min ${def.minLength.value}`] : [];
      const max = def.maxLength ? [`max ${def.maxLength.value}`] : [];
      return { outline: [outline(def.type).outline, ...min, ...max] };
    }
    case "ZodRecord":
      return { outline: { "*": outline(def.valueType).outline } };
    case "ZodUnion":
    case "ZodDiscriminatedUnion": {
      const options = [...def.options.values()].map(outline);
      const flat = options.flatMap((option) => option.outline["|"] ?? [option.outline]);
      const values = flat.every((one) => one["="]) ? { "=": flat.flatMap((one) => one["="]) } : { "|": flat };
      return { outline: flat.length === 1 ? flat[0] : values, optional: options.some((option) => option.optional) };
    }
    case "ZodEnum":
      return { outline: { "=": def.values } };
    case "ZodNativeEnum":
      return { outline: { "=": Object.values(def.values) } };
    case "ZodLiteral":
      return { outline: { "=": [def.value] } };
    case "ZodUndefined":
    case "ZodNever":
      return { outline: "never", optional: true };
    case "ZodAny":
    case "ZodUnknown":
      return { outline: "any", optional: true };
    case "ZodIntersection":
      return { outline: { ...outline(def.left).outline, ...outline(def.right).outline } };
    case "ZodLazy":
    case "ZodTuple":
      return { outline: "any" };
    default:
      throw new Error(`No outline for ${def.typeName}.`);
  }
}

function stringCheck(check) {
  if (check.kind === "url") return " url";
  if (check.kind === "min" && check.value >= 1) return " nonempty";
  return check.kind === "regex" ? ` ${check.regex}` : "";
}

function numberOutline(checks) {
  const name = checks.some((check) => check.kind === "int") ? "integer" : "number";
  const bounds = checks.flatMap((check) =>
    check.kind === "min"
      ? [`${check.inclusive ? ">=" : ">"}${check.value}`]
      : check.kind === "max"
        ? [`${check.inclusive ? "<=" : "<"}${check.value}`]
        : [],
  );
  return [name, ...bounds].join(" ");
}

/** Large shapes that come more than once are written once. */
function print(root) {
  const counts = new Map();
  (function count(node) {
    if (typeof node !== "object") return;
    const text = JSON.stringify(node);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (counts.get(text) === 1) for (const inner of Object.values(node)) count(inner);
  })(root);
  const names = new Map();
  const shared = [];
  const write = (node) => {
    if (typeof node !== "object") return JSON.stringify(node);
    const text = JSON.stringify(node);
    if (counts.get(text) > 1 && text.length > 60 && node !== root) {
      if (!names.has(text)) {
        const body = writeOpen(node);
        names.set(text, `shape${names.size + 1}`);
        shared.push(`const ${names.get(text)} = ${body} as const;`);
      }
      return names.get(text);
    }
    return writeOpen(node);
  };
  const writeOpen = (node) =>
    Array.isArray(node)
      ? `[${node.map(write).join(", ")}]`
      : `{ ${Object.entries(node)
          .map(([key, inner]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}: ${write(inner)}`)
          .join(", ")} }`;
  const body = writeOpen(root);
  return { shared, body };
}

const root = { ...outline(configSchema).outline, "!": "strict" };
const { shared, body } = print(root);
const parameters = Object.fromEntries(
  [...new Set([...Object.keys(paramSettings), ...Object.keys(agentParamSettings)])].map((set) => [
    set,
    [...new Set([...(paramSettings[set] ?? []), ...(agentParamSettings[set] ?? [])].map(({ key }) => key))],
  ]),
);
/** What LibreChat holds a parameter to, where `paramDefinitions` says nothing else. */
const facts = {};
for (const set of ["custom", ...Object.keys(paramSettings), ...Object.keys(agentParamSettings)]) {
  for (const { key, type, range, options } of [...(paramSettings[set] ?? []), ...(agentParamSettings[set] ?? [])]) {
    facts[key] ??= { type, ...(range ? { range: [range.min, range.max] } : {}), ...(options ? { options } : {}) };
  }
}
const text = `import type { Outline } from "./outline.ts";

// Made by e2e/librechat/make-outline.mjs from librechat-data-provider ${version}. Do not edit.

${shared.join("\n\n")}

/** The release of librechat-data-provider that this was read from. */
export const outlineVersion: string = "${version}";

/** The keys of librechat.yaml, their types and bounds. */
export const configOutline: Outline = ${body};

/** The parameters that \`customParams.paramDefinitions\` may name, by \`defaultParamsEndpoint\`. */
export const parameterSets: { readonly [set: string]: readonly string[] } = ${JSON.stringify(parameters)};

/** Type, range and choices of each of them. */
export const parameterFacts: {
  readonly [key: string]: { readonly type: string; readonly range?: readonly [number, number]; readonly options?: readonly string[] };
} = ${JSON.stringify(facts)};
`;
const path = fileURLToPath(new URL("../../packages/librechat/src/doctor/config-outline.ts", import.meta.url));
if (process.argv.includes("--check")) {
  const form = fileURLToPath(new URL("../../node_modules/.bin/oxfmt", import.meta.url));
  const current = execFileSync(form, ["--stdin-filepath", path], { input: text, encoding: "utf8" });
  if (current !== readFileSync(path, "utf8")) {
    console.error(`${path} is not what librechat-data-provider ${version} says. Run \`node make-outline.mjs\`.`);
    process.exitCode = 1;
  }
} else writeFileSync(path, text);
