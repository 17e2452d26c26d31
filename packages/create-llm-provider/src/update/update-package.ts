import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeRegularFile } from "@llm-provider/core/internal/files";
import { hash, type Manifest, manifestName, printManifest } from "../write/manifest.ts";
import type { Comparison } from "./compare-package.ts";
import type { FileChange } from "./plan-update.ts";

/** Writes the changes, and then the manifest: a second run completes an interrupted one. */
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

async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  writeRegularFile(path, text, { followsLinks: false });
}
