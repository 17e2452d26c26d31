import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A fenced block of a page: the word after the fence, and the content. */
export type Block = { readonly page: string; readonly line: number; readonly language: string; readonly text: string };

/** Every fenced block of the READMEs and docs. `text` blocks are only for reading: outputs and outlines. */
export function findBlocks(root: string): Block[] {
  const pages = globSync(["*.md", "docs/**/*.md", "packages/*/README.md", "examples/**/README.md"], {
    cwd: root,
    exclude: (path) => path.includes("node_modules"),
  });
  return pages.sort().flatMap((page) => {
    const whole = readFileSync(join(root, page), "utf8");
    return [...whole.matchAll(/^( *)```(\w*)[^\n]*\n([\s\S]*?)^\1```$/gm)].map(
      ({ index, 1: indent, 2: language, 3: text }) => ({
        page,
        line: whole.slice(0, index).split("\n").length,
        language: language!,
        text: text!.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      }),
    );
  });
}
