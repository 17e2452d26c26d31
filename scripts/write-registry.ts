// Writes the list of our adapters into every file that must name them: packages/cli/src/providers.generated.ts, which all code
// reads, and the few files that a compiler or a package manager reads. An adapter is a folder of packages/ whose package.json says
// `"llm-provider": { "provider": true }`; a tool says `{ "tool": { id, auth } }`, so that the CLI can add it without loading its
// dependencies. Needs no installed package. node scripts/write-registry.ts
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { manifestOf, packagesWhere } from "./packages-where.ts";
import { writeChanged } from "./write-changed.ts";

const header = "// Written by scripts/write-registry.ts. Do not edit: run `npx -y pnpm@12.21.0 run registry`.\n";

/** Every file that names our adapters, up to date. */
export function registryFiles(root: string): { path: string; text: string }[] {
  const ids = packagesWhere(root, (marks) => marks.provider === true);
  const file = (path: string, change: (text: string) => string): { path: string; text: string } => ({
    path: join(root, path),
    text: change(existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : ""),
  });
  return [
    file("packages/cli/src/providers.generated.ts", () => loaders(ids) + tools(root)),
    file("packages/cli/package.json", (text) => withDependencies(root, text, ids)),
    file("packages/cli/tsconfig.json", (text) => withReferences(root, "packages/cli", text, ids)),
    file("tsconfig.json", (text) => withReferences(root, "", text, ids)),
    file("examples/providers/providers.ts", () => example(ids)),
    file("examples/providers/package.json", (text) => withDependencies(root, text, ids)),
  ];
}

function tools(root: string): string {
  const rows = packagesWhere(root, (marks) => marks.tool !== undefined).map((folder) => {
    const { name, version, ...manifest } = manifestOf(root, folder);
    const facts = { ...manifest["llm-provider"]!.tool!, package: name, version };
    const key = exportOf(facts.id) === facts.id ? facts.id : JSON.stringify(facts.id);
    return `  ${key}: ${toSource(facts)},`;
  });
  return `
/** A tool as LibreChat needs it. */
export interface KnownTool {
  readonly id: string;
  readonly auth: { readonly env: string; readonly page: string; readonly optional?: true };
  /** Further variables that its server reads. */
  readonly variables?: readonly string[];
  readonly package: string;
  readonly version: string;
  /** The vendor's own MCP server: where it runs by default, and what must be done for it. */
  readonly builtin?: { readonly url: string; readonly needs: string; readonly page: string };
}

/** Our tools by id, in the version that was released with this program. */
export const tools: Readonly<Record<string, KnownTool>> = {
${rows.join("\n")}
};
`;
}

/** Writes a value as the formatter would: quotes only where a name needs them, one field a line, lists in one line. */
function toSource(value: unknown, indent = "  "): string {
  if (Array.isArray(value)) return `[${value.map((one) => toSource(one)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
    return `${indent}  ${key}: ${toSource(field, `${indent}  `)},\n`;
  });
  return `{\n${fields.join("")}${indent}}`;
}

function loaders(ids: readonly string[]): string {
  const rows = ids.map((id) => {
    const key = exportOf(id) === id ? id : JSON.stringify(id);
    return `  ${key}: async () => (await import("@llm-provider/${id}")).${exportOf(id)},`;
  });
  return `${header}import type { ProviderFactory } from "@llm-provider/core";

/** Our adapters by id, each loaded when it is asked for. */
export const providers: Readonly<Record<string, () => Promise<ProviderFactory>>> = {
${rows.join("\n")}
};
`;
}

function example(ids: readonly string[]): string {
  const names = ids.map(exportOf);
  const imports = ids.map((id) => `import { ${exportOf(id)} } from "@llm-provider/${id}";`);
  const line = `export const providers = [${names.join(", ")}] as const;`;
  const list = line.length <= 120 ? line : `export const providers = [\n  ${names.join(",\n  ")},\n] as const;`;
  return `${header}${imports.join("\n")}\n\n${list}\n`;
}

/** An adapter exports its provider under its id in camel case. */
function exportOf(id: string): string {
  return id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The manifest with each adapter as a dependency, without deleted packages. */
function withDependencies(root: string, text: string, ids: readonly string[]): string {
  const manifest = JSON.parse(text) as { dependencies: Record<string, string> };
  const others = Object.entries(manifest.dependencies).filter(
    ([name, version]) =>
      !version.startsWith("workspace:") || existsSync(join(root, "packages", basename(name), "package.json")),
  );
  const adapters = ids.map((id) => [`@llm-provider/${id}`, "workspace:^"]);
  const dependencies = new Map([...others, ...adapters] as [string, string][]);
  manifest.dependencies = Object.fromEntries([...dependencies].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The project with a reference to each adapter, without deleted folders. */
function withReferences(root: string, folder: string, text: string, ids: readonly string[]): string {
  const { references } = JSON.parse(text) as { references: { path: string }[] };
  const kept = references.map(({ path }) => path).filter((path) => existsSync(join(root, folder, path)));
  const adapters = ids.map((id) => (folder === "" ? `packages/${id}` : `../${id}`));
  const rows = [...new Set([...kept, ...adapters])].map((path) => `    { "path": ${JSON.stringify(path)} }`);
  return text.replace(/(?<="references": )\[[^\]]*\]/, () => `[\n${rows.join(",\n")}\n  ]`);
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, "..");
  writeChanged(root, registryFiles(root));
}
