// Writes the tables of each provider's README, and the summary in the root README, from the definitions. Run it after
// changing a definition; a test reminds you.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Definition, ErrorCode } from "@llm-provider/core";
import { providers as adapters } from "../packages/cli/src/providers.generated.ts";
import { errorReference, parameterReference } from "./markdown/reference.ts";
import { hasPart, markdownTable, replacePart, updateReadme, wireTables } from "../packages/docs/src/index.ts";
import { writeChanged } from "./write-changed.ts";

const root = join(import.meta.dirname, "..");

/** Every page with generated tables, up to date. */
export async function pagesWithTables(): Promise<{ path: string; text: string }[]> {
  const definitions = await providers();
  const all = definitions.map(({ definition }) => definition);
  const page = (path: string, name: string, part: string): { path: string; text: string } => ({
    path,
    text: replacePart(readFileSync(path, "utf8"), name, part),
  });
  return [
    ...definitions.map(({ folder, definition }) => {
      const path = join(folder, "README.md");
      return { path, text: updateReadme(readFileSync(path, "utf8"), { provider: definition }) };
    }),
    page(join(root, "docs", "quirks.md"), "quirks", all.map(wireTables).join("\n")),
    page(join(root, "docs", "parameters.md"), "parameters", parameterReference(all)),
    errorPage(join(root, "docs", "errors.md"), all),
    page(join(root, "README.md"), "providers", summary(all)),
  ];
}

/** Fills in, under each code, the rules that lead to it. */
function errorPage(path: string, definitions: readonly Definition[]): { path: string; text: string } {
  const text = readFileSync(path, "utf8");
  const codes = [...text.matchAll(/^## (.+)$/gm)].map(([, code]) => code as ErrorCode);
  return { path, text: codes.reduce((out, code) => replacePart(out, code, errorReference(definitions, code)), text) };
}

/** The adapters whose README has a generated section for their facts. */
async function providers(): Promise<{ folder: string; definition: Definition }[]> {
  const found = [];
  for (const [id, load] of Object.entries(adapters)) {
    const folder = join(root, "packages", id);
    if (!hasPart(readFileSync(join(folder, "README.md"), "utf8"), "facts")) continue;
    found.push({ folder, definition: (await load()).definition });
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
  writeChanged(root, await pagesWithTables());
}
