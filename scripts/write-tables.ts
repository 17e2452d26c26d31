// Writes the tables of each provider's README, and the summary in the root README, from the definitions. Run it after a
// change of a definition; a test says when.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Definition } from "@llm-provider/core";
import { markdownTable } from "./markdown-table.ts";
import { providerTables, wireTables } from "./provider-tables.ts";
import { openMark, replacePart } from "./replace-part.ts";

const root = join(import.meta.dirname, "..");

/** Every page that holds generated tables, as it should be. */
export async function pagesWithTables(): Promise<{ path: string; text: string }[]> {
  const definitions = await providers();
  const page = (path: string, name: string, part: string): { path: string; text: string } => ({
    path,
    text: replacePart(readFileSync(path, "utf8"), name, part),
  });
  return [
    ...definitions.map(({ folder, definition }) =>
      page(join(folder, "README.md"), "facts", providerTables(definition)),
    ),
    page(join(root, "docs", "quirks.md"), "quirks", definitions.map((one) => wireTables(one.definition)).join("\n")),
    page(join(root, "README.md"), "providers", summary(definitions.map((one) => one.definition))),
  ];
}

/** The packages that export a provider and whose README has a place for its facts; one just scaffolded has none. */
async function providers(): Promise<{ folder: string; definition: Definition }[]> {
  const found = [];
  for (const path of globSync("packages/*/README.md", { cwd: root }).sort()) {
    const folder = join(root, dirname(path));
    if (!readFileSync(join(root, path), "utf8").includes(openMark("facts"))) continue;
    const module = (await import(join(folder, "src", "index.ts"))) as Record<string, { definition?: Definition }>;
    const factory = Object.values(module).find((value) => value?.definition?.dialect);
    if (!factory) throw new Error(`${path} has a place for the facts of a provider, but the package exports none.`);
    found.push({ folder, definition: factory.definition! });
  }
  return found;
}

function summary(definitions: readonly Definition[]): string {
  const size = (facts: object | undefined): string => String(Object.keys(facts ?? {}).length);
  const rows = definitions.map((definition) => {
    const { id, name, auth, models, parameters, quirks, errors, sources, dialect } = definition;
    return [
      `[${name}](packages/${id})`,
      auth === "none" ? "no key" : `\`${auth.env}\``,
      dialect.name,
      size(models),
      size(parameters),
      size(quirks),
      size(errors),
      size(sources),
    ];
  });
  return markdownTable(
    ["provider", "key", "dialect", "models", "parameters with rules", "quirks", "errors", "pages read"],
    rows,
  );
}

if (process.argv[1] === import.meta.filename) {
  for (const { path, text } of await pagesWithTables()) writeFileSync(path, text);
  console.log("The tables are written.");
}
