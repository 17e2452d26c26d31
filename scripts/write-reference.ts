// Writes the parts of docs/authoring.md that come from core's types. Run it after changing them; a test reminds you.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replacePart } from "../packages/docs/src/replace-part.ts";

const root = join(import.meta.dirname, "..");
export const page: string = join(root, "docs", "authoring.md");

/** The page, up to date. */
export function withReference(text: string): string {
  const folder = "packages/core/src/definition";
  const definition = ["definition", "model-info", "parameter-rule"].map((name) => sections(`${folder}/${name}.ts`));
  const parts = { definition: definition.join("\n"), dialect: sections("packages/core/src/chat/dialect.ts") };
  return Object.entries(parts).reduce((out, [name, part]) => replacePart(out, name, part), text);
}

/** Each exported type of a file under its own heading, as declared. */
function sections(path: string): string {
  const text = readFileSync(join(root, path), "utf8");
  const types = [
    ...text.matchAll(
      /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:type|interface) (\w+)[\s\S]*?(?:;|^})\n(?=\n|$(?![\s\S]))/gm,
    ),
  ];
  return types.map(([code, , name]) => `### ${name}\n\n\`\`\`typescript\n${code.trim()}\n\`\`\`\n`).join("\n");
}

if (process.argv[1] === import.meta.filename) writeFileSync(page, withReference(readFileSync(page, "utf8")));
