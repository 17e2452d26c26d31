import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Passage } from "./store.ts";

/** The Markdown files of a folder: the first line is the title. */
export function readPassages(folder: string): Passage[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => {
      const [heading = "", ...lines] = readFileSync(join(folder, name), "utf8").split("\n");
      return { id: basename(name, ".md"), title: heading.replace(/^#\s*/, ""), text: lines.join("\n").trim() };
    });
}

/** Changes with the passages, and with the model that makes their vectors. */
export function fingerprintOf(passages: readonly Passage[], model = "no vectors"): string {
  return createHash("sha256")
    .update(JSON.stringify([model, passages]))
    .digest("hex");
}
