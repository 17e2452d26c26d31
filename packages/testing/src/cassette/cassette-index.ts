import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Names the cassettes of a folder in which no scenario does: one that is deleted is missed. */
const file = "index.json";

export function writeIndex(folder: string, names: readonly string[]): void {
  writeFileSync(join(folder, file), `${JSON.stringify({ format: 1, cassettes: [...names].sort() }, null, 2)}\n`);
}

/** The cassettes that the folder should hold; none where it has no index. */
export function readIndex(folder: string): readonly string[] {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, "utf8")) as { cassettes: readonly string[] }).cassettes;
}

export function isIndex(name: string): boolean {
  return name === file;
}
