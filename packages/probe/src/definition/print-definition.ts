import type { Definition } from "@llm-provider/core";
import type { ProbeReport } from "../report.ts";
import type { Identity } from "./identity.ts";
import { dialectOptions, toDefinition } from "./to-definition.ts";

/** The files of a definition, by their content. */
export interface DefinitionSources {
  /** `src/<id>.ts`. */
  readonly definition: string;
  /** `src/models.ts`. */
  readonly models: string;
  /** `src/errors.ts`; empty if no refusal was seen. */
  readonly errors: string;
}

/** The definition that a probe proves, as TypeScript. `exportName` is the constant. */
export function printDefinition(report: ProbeReport, identity: Identity, exportName: string): DefinitionSources {
  const { models, errors, dialect: _, ...facts } = toDefinition(report, identity);
  const options = print(dialectOptions(report), 2);
  const lines = Object.entries(facts).flatMap(([name, value]) => {
    const line = `  ${name}: ${print(value, 2)},`;
    if (name !== "sources") return [line];
    return [line, `  dialect: chatCompletions(${options === "{}" ? "" : options}),`, "  models,"];
  });
  const head = [
    'import { chatCompletions, defineProvider } from "@llm-provider/core";',
    ...(errors ? ['import { errors } from "./errors.ts";'] : []),
    'import { models } from "./models.ts";',
  ];
  return {
    definition: `${head.join("\n")}

/** ${identity.name}. Its facts were measured by a probe of ${escapeComment(report.model)}; other models may differ. */
export const ${exportName} = defineProvider({
${lines.join("\n")}${errors ? "\n  errors," : ""}
});
`,
    models: `import type { ModelInfo } from "@llm-provider/core";

// The list of the endpoint. The features of one model were measured; state of the others only what a page says.
export const models = ${print(models, 0)} as const satisfies { readonly [id: string]: ModelInfo };
`,
    errors: errors
      ? `import type { ErrorRule } from "@llm-provider/core";

/** First match wins. The bodies are the endpoint's own. */
export const errors = ${print(errors, 0)} as const satisfies readonly ErrorRule[];
`
      : "",
  };
}

/** All in one file, for a person to read. */
export function printWhole(report: ProbeReport, identity: Identity, exportName: string): string {
  const { models, errors, dialect: _, ...facts } = toDefinition(report, identity) as Definition;
  const lines = Object.entries(facts).flatMap(([name, value]) => {
    const line = `  ${name}: ${print(value, 2)},`;
    if (name !== "sources") return [line];
    const options = print(dialectOptions(report), 2);
    return [line, `  dialect: chatCompletions(${options === "{}" ? "" : options}),`, `  models: ${print(models, 2)},`];
  });
  const rules = errors ? `\n  errors: ${print(errors, 2)},` : "";
  return `import { chatCompletions, defineProvider } from "@llm-provider/core";

export const ${exportName} = defineProvider({
${lines.join("\n")}${rules}
});
`;
}

const printWidth = 120;

/** A value in the formatter's style: on one line if it fits. */
function print(value: unknown, indent: number): string {
  const flat = printFlat(value);
  if (typeof value !== "object" || value === null || value instanceof RegExp) return flat;
  const isShort = flat.length + indent < printWidth - 30;
  if (isShort && !(indent === 0 && !Array.isArray(value))) return flat;
  const inner = " ".repeat(indent + 2);
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${print(item, indent + 2)},`)
    : entriesOf(value).map(([name, item]) => `${inner}${key(name)}: ${print(item, indent + 2)},`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.join("\n")}\n${" ".repeat(indent)}${close}`;
}

function printFlat(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (value === Number.POSITIVE_INFINITY) return "Number.POSITIVE_INFINITY";
  if (value === Number.NEGATIVE_INFINITY) return "Number.NEGATIVE_INFINITY";
  if (Array.isArray(value)) return `[${value.map(printFlat).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = entriesOf(value);
  return entries.length === 0
    ? "{}"
    : `{ ${entries.map(([name, item]) => `${key(name)}: ${printFlat(item)}`).join(", ")} }`;
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : JSON.stringify(name);
}

/** An endpoint's text must not end a comment. */
function escapeComment(text: string): string {
  return text.replaceAll(/[^\w./:@+~=-]/g, "");
}
