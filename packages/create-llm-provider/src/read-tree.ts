import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** Path → text of every file in a folder, sorted; paths are relative to it and use `/`. */
export async function readTree(folder: string): Promise<Map<string, string>> {
  const files: [path: string, text: string][] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.push([relative(folder, path).replaceAll(sep, "/"), await readFile(path, "utf8")]);
  }
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}
