import { updateReadme } from "@llm-provider/docs";
import { printDefinition } from "@llm-provider/probe";
import Handlebars from "handlebars";
import type { TemplateContext } from "../context/template-context.ts";
import type { LayerName, Templates, Versions } from "../resources.ts";

/** Path → text. Paths use `/`, relative to the folder that is made. */
export type FileTree = ReadonlyMap<string, string>;

// An instance of our own: helpers of a plopfile cannot leak into it.
const handlebars = Handlebars.create();
handlebars.registerHelper("json", (value: unknown) => JSON.stringify(value));
handlebars.registerHelper("property", property);
handlebars.registerHelper("block", block);
handlebars.registerHelper("constant", constant);
handlebars.registerHelper("key", objectKey);
handlebars.registerHelper("pin", pin);

const knownHelpers = { json: true, property: true, block: true, constant: true, key: true, pin: true };
// `strict`: a misspelt variable is an error, and so is a GitHub expression that a template forgot to write as `$\{{ … }}`.
const options = { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers };

const isName = /^[\w.@{}-]+$/;

/** All files of the package, its manifest of hashes and its cassettes aside. */
export function renderPackage(templates: Templates, context: TemplateContext): Map<string, string> {
  const { template } = context.answers;
  const names: LayerName[] = [`${template}/shared`];
  if (context.inWorkspace) names.push(`${template}/workspace`);
  else names.unshift("package");
  if (template === "tool") names.push(`tool/${context.answers.method}`);
  else if (context.customDialect) names.push("provider/dialect");
  names.push(...context.bridges.map((name): LayerName => `provider/${name}`));
  const files = render(
    names.map((name) => new Map(Object.entries(templates[name]))),
    context,
  );
  const readme = files.get("README.md");
  if (readme !== undefined) files.set("README.md", updateReadme(readme, context.subject));
  return files;
}

/** The files that a probe's facts change: their measured text. The manifest records what the template would have written. */
export function measuredFiles({ measured, id, exportName }: TemplateContext): Map<string, string> {
  if (!measured) return new Map();
  const { definition, models, errors } = printDefinition(measured.report, measured.identity, exportName);
  return new Map([
    [`src/${id}.ts`, definition],
    ["src/models.ts", models],
    ...(errors === "" ? [] : [["src/errors.ts", errors] as const]),
  ]);
}

/**
 * Templates and a context in, files out, without touching the disk. A file that ends in `.hbs` is rendered, any other file
 * is copied; names are rendered too. A file that renders to an empty text is left out. If layers contain the same file,
 * the last one wins.
 */
export function render(layers: readonly FileTree[], context: object): Map<string, string> {
  const files = new Map<string, string>();
  for (const layer of layers) {
    for (const [path, text] of layer) {
      const name = renderText(path.replace(/\.hbs$/, ""), context, path);
      if (!isSafePath(name)) throw new Error(`The template ${path} has no safe name.`);
      const rendered = path.endsWith(".hbs") ? renderText(text, context, path) : text;
      if (rendered !== "") files.set(name, rendered);
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Does a path stay inside its folder, on every system? */
export function isSafePath(path: string): boolean {
  return path.split("/").every((part) => isName.test(part) && part !== "..");
}

/** `{{pin "vitest"}}`: the version of a package; `lookup` would print an empty text if there is none. */
function pin(name: string, { data }: Handlebars.HelperOptions): string {
  const version = (data.root as { version: Versions }).version[name];
  if (!version) throw new Error(`no version of ${name} is known`);
  return version;
}

function renderText(text: string, context: object, path: string): string {
  try {
    return handlebars.compile(text, options)(context);
  } catch (error) {
    const message = (error as Error).message.replace(/ in \[object Object\].*$/s, "");
    throw new Error(`The template ${path} cannot be rendered: ${message}`, { cause: error });
  }
}

const printWidth = 120;
const identifier = /^[A-Za-z_$][\w$]*$/;

/**
 * One line of an object literal, as the formatter writes it: `{{property 2 "baseURL" baseURL}}`. A line that would be
 * too wide is broken as oxfmt breaks it, so that generated code needs no formatting, whatever the answers are.
 */
function property(indent: number, name: string, value: string | readonly string[]): string {
  const start = `${" ".repeat(indent)}${name}: `;
  const flat = `${start}${Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(", ")}]` : JSON.stringify(value)},`;
  if (flat.length <= printWidth) return flat;
  // The formatter does not break after a key that is too short to gain space.
  if (typeof value === "string" && name.length < 5) return flat;
  const inner = " ".repeat(indent + 2);
  if (typeof value === "string") return `${start.trimEnd()}\n${inner}${JSON.stringify(value)},`;
  return `${start}[\n${value.map((item) => `${inner}${JSON.stringify(item)},\n`).join("")}${" ".repeat(indent)}],`;
}

/** A constant with a string value: `{{constant "baseURL" baseURL}}`. */
function constant(name: string, value: string): string {
  const flat = `const ${name} = ${JSON.stringify(value)};`;
  return flat.length <= printWidth ? flat : `const ${name} =\n  ${JSON.stringify(value)};`;
}

/** A JSON value on several lines, as the formatter writes it into package.json. */
function block(indent: number, value: object): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", `\n${" ".repeat(indent)}`);
}

/** A key of an object literal: quoted only where it must be, as the formatter has it. */
function objectKey(name: string): string {
  return identifier.test(name) ? name : JSON.stringify(name);
}
