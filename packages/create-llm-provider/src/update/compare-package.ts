import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { templateContext } from "../context/template-context.ts";
import { ExitError } from "../exit-error.ts";
import { isSafePath, renderPackage } from "../render/render.ts";
import type { Resources } from "../resources.ts";
import { hash, type Manifest, manifestName, parseManifest } from "../write/manifest.ts";

/** How a file stands between what was written, what the author made of it, and what this version would write. */
export const meanings = {
  same: "as this version would write it",
  edited: "edited; this version would write what was written then",
  removed: "removed by the author",
  outdated: "not edited; this version would write something else",
  both: "edited, and this version would write something else",
  new: "this version would write it; it is not there",
  dropped: "not edited; this version writes no such file",
} as const;

export type State = keyof typeof meanings;

export interface FileState {
  path: string;
  state: State;
  /** On the disk. */
  found?: string;
  /** What this version would write. */
  wanted?: string;
}

export interface Comparison {
  manifest: Manifest;
  files: FileState[];
}

/** Is there something for `update` to do? What only the author changed is the author's. */
export function isBehind({ state }: FileState): boolean {
  return state === "outdated" || state === "both" || state === "new" || state === "dropped";
}

/**
 * Compares a generated package with what this version would write for the same answers. Cassettes are left out: they are
 * recorded anew as a matter of course.
 */
export async function comparePackage(folder: string, { templates, versions }: Resources): Promise<Comparison> {
  const manifest = await readManifest(folder);
  const wantedFiles = renderPackage(templates, templateContext(manifest.answers, versions, false));
  const files: FileState[] = [];
  for (const [path, wanted] of wantedFiles) {
    const found = await readInside(folder, path);
    const written = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
    files.push({ path, found, wanted, state: stateOf(found, wanted, written) });
  }
  for (const [path, written] of Object.entries(manifest.files)) {
    if (wantedFiles.has(path) || path.startsWith("test/cassettes/") || !isSafePath(path)) continue;
    const found = await readInside(folder, path);
    if (found !== undefined && hash(found) === written) files.push({ path, found, state: "dropped" });
  }
  return { manifest, files };
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readInside(folder, manifestName);
  if (text === undefined)
    throw new ExitError(
      2,
      `There is no ${manifestName} in ${folder}: name the folder of a package that this scaffolder made.`,
    );
  const manifest = parseManifest(text);
  if (!manifest) throw new ExitError(2, `${manifestName} is damaged. Take it back from git.`);
  return manifest;
}

/** The text of a file; `undefined` where there is none. Throws an `ExitError` (1) at a link on the way: it may lead out. */
async function readInside(folder: string, path: string): Promise<string | undefined> {
  const parts = path.split("/");
  for (let length = 1; length <= parts.length; length++) {
    const way = parts.slice(0, length);
    const found = await lstat(join(folder, ...way)).catch(() => undefined);
    if (!found) return undefined;
    if (!(length < parts.length ? found.isDirectory() : found.isFile()))
      throw new ExitError(1, `${way.join("/")} is a link, or not what it should be. Nothing was changed.`);
  }
  return readFile(join(folder, path), "utf8");
}

function stateOf(found: string | undefined, wanted: string, written: string | undefined): State {
  if (found === wanted) return "same";
  if (found === undefined) return written === undefined ? "new" : "removed";
  if (written === hash(wanted)) return "edited";
  return written === hash(found) ? "outdated" : "both";
}
