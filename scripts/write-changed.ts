import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";

/** Writes the files whose text changed, and prints their paths. */
export function writeChanged(root: string, files: readonly { path: string; text: string }[]): void {
  const changed = files.filter(({ path, text }) => !existsSync(path) || readFileSync(path, "utf8") !== text);
  for (const { path, text } of changed) {
    writeFileSync(path, text);
    console.log(`  ${relative(root, path).replaceAll("\\", "/")}`);
  }
  if (changed.length === 0) console.log("  No file had to change.");
}
