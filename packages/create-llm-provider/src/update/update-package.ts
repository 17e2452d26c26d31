import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hash, type Manifest, manifestName, printManifest } from "../write/manifest.ts";
import type { Comparison } from "./compare-package.ts";
import type { FileChange } from "./plan-update.ts";

/** Writes the changes, and then the manifest: what is stopped half-way is done by a second run. */
export async function updatePackage(
  folder: string,
  comparison: Comparison,
  changes: readonly FileChange[],
  version: string,
): Promise<void> {
  for (const { text, target } of changes) {
    if (text === undefined) await rm(join(folder, target), { force: true });
    else await replaceFile(join(folder, target), text);
  }
  const { manifest, files } = comparison;
  const written: { [path: string]: string } = { ...manifest.files };
  for (const { path, wanted } of files) {
    if (wanted === undefined) delete written[path];
    else written[path] = hash(wanted);
  }
  const sorted: Manifest["files"] = Object.fromEntries(Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1)));
  await replaceFile(join(folder, manifestName), printManifest(version, manifest.answers, sorted));
}

/** All or nothing, and never through a link. */
async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID().slice(0, 8)}`;
  await writeFile(draft, text, { flag: "wx" });
  await rename(draft, path);
}
