// Writes the output of the commands of docs/learn, and the answers of their twins, below them. Run it after changing either; a
// test reminds you.
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTwin } from "@llm-provider/testing";
import { providers } from "../packages/cli/src/providers.generated.ts";
import { replacePart } from "../packages/docs/src/replace-part.ts";
import { runCommandLine } from "./run-command-line.ts";
import { writeChanged } from "./write-changed.ts";

const root = join(import.meta.dirname, "..");

/** Every lesson, up to date. */
export async function lessons(): Promise<{ path: string; text: string }[]> {
  const pages = [];
  for (const page of globSync("docs/learn/*.md", { cwd: root }).sort()) {
    const path = join(root, page);
    pages.push({ path, text: await withWire(await withOutputs(readFileSync(path, "utf8"))) });
  }
  return pages;
}

/** Fills each `<!-- generated: output … -->` with the output of the block above it. */
async function withOutputs(page: string): Promise<string> {
  let text = page;
  for (const [, block, name] of page.matchAll(/^```sh\n([^`]*?)^```\n\n<!-- generated: (output [\w-]+) -->/gm)) {
    const folder = mkdtempSync(join(tmpdir(), "lesson-"));
    const printed = [];
    for (const line of block!.trim().split(/(?<!\\)\n/)) printed.push(await runCommandLine(line, { folder }));
    rmSync(folder, { recursive: true });
    text = replacePart(text, name!, `\`\`\`text\n${printed.join("\n")}\n\`\`\``);
  }
  return text;
}

/** Fills each `<!-- generated: wire … -->` with a twin's answer to the request in the comment above it. */
async function withWire(page: string): Promise<string> {
  let text = page;
  for (const [, id, json, name] of page.matchAll(
    /<!-- ask ([a-z]+): (\{.*\}) -->\n<!-- generated: (wire [\w-]+) -->/g,
  )) {
    const { definition } = await providers[id!]!();
    const twin = await startTwin(definition);
    const messages = [{ role: "user", content: "Name three rivers." }];
    const response = await fetch(`${twin.url}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer any" },
      body: JSON.stringify({ model: definition.smallModel, messages, ...(JSON.parse(json!) as object) }),
    });
    text = replacePart(text, name!, printWire(await response.text()));
    await twin.close();
  }
  return text;
}

/** Shortens a stream in the middle, and indents a whole answer. */
function printWire(body: string): string {
  if (!body.startsWith("data:")) return `\`\`\`json\n${JSON.stringify(JSON.parse(body), null, 2)}\n\`\`\``;
  const events = body.trim().split("\n\n");
  return `\`\`\`text\n${[...events.slice(0, 3), "…", ...events.slice(-4)].join("\n\n")}\n\`\`\``;
}

if (process.argv[1] === import.meta.filename) {
  writeChanged(root, await lessons());
}
