import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { KeptPassage } from "./store.ts";

/**
 * Reads the Markdown files of a folder: the first line is the title.
 * @param questions A JSON file with a list of expected questions for each document.
 */
export function readPassages(folder: string, questions?: string): KeptPassage[] {
  const expected = (questions === undefined ? {} : JSON.parse(readFileSync(questions, "utf8"))) as Record<
    string,
    string[]
  >;
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => {
      const [heading = "", ...lines] = readFileSync(join(folder, name), "utf8").split("\n");
      const id = basename(name, ".md");
      const title = heading.replace(/^#\s*/, "");
      return { id, title, text: lines.join("\n").trim(), questions: expected[id] ?? [] };
    });
}

/** A hash that changes with the passages and with the model of their vectors. */
export function fingerprintOf(passages: readonly KeptPassage[], model = "no vectors"): string {
  return createHash("sha256")
    .update(JSON.stringify([model, passages]))
    .digest("hex");
}
