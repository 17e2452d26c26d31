import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { readRegularText } from "@llm-provider/core/internal/files";
import { templateContext } from "../context/template-context.ts";
import { ExitError } from "../exit-error.ts";
import { isSafePath, renderPackage } from "../render/render.ts";
import type { Resources } from "../resources.ts";
import { hash, type Manifest, manifestName, parseManifest } from "../write/manifest.ts";

/** A file's state: its original text, the author's text, and the text of this version compared. */
export const meanings = {
  same: "as this version would write it",
  edited: "edited; this version would write the original text",
  removed: "removed by the author",
  outdated: "not edited; this version would write another text",
  both: "edited, and this version would write another text",
  new: "missing; this version would write it",
  dropped: "not edited; this version writes no such file",
} as const;

export type State = keyof typeof meanings;

export interface FileState {
  path: string;
  state: State;
  /** On the disk. */
  found?: string;
  /** The text that this version would write. */
  wanted?: string;
}

export interface Comparison {
  manifest: Manifest;
  files: FileState[];
}

/** Is there work for `update`? Files that only the author changed are left alone. */
export function isBehind({ state }: FileState): boolean {
  return state === "outdated" || state === "both" || state === "new" || state === "dropped";
}

/**
 * Compares a generated package with this version's output for the same answers. Cassettes are left out: they are
 * recorded again anyway.
 */
export function comparePackage(folder: string, { templates, versions }: Resources): Comparison {
  const manifest = readManifest(folder);
  const wantedFiles = renderPackage(templates, templateContext(manifest.answers, versions, false));
  const files: FileState[] = [];
  for (const [path, wanted] of wantedFiles) {
    const found = readInside(folder, path);
    const written = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
    files.push({ path, found, wanted, state: stateOf(found, wanted, written) });
  }
  for (const [path, written] of Object.entries(manifest.files)) {
    if (wantedFiles.has(path) || path.startsWith("test/cassettes/") || !isSafePath(path)) continue;
    const found = readInside(folder, path);
    if (found !== undefined && hash(found) === written) files.push({ path, found, state: "dropped" });
  }
  return { manifest, files };
}

function readManifest(folder: string): Manifest {
  const text = readInside(folder, manifestName);
  if (text === undefined)
    throw new ExitError(
      2,
      `There is no ${manifestName} in ${folder}: name the folder of a package that this scaffolder made.`,
    );
  const manifest = parseManifest(text);
  if (!manifest) throw new ExitError(2, `${manifestName} is damaged. Restore it from git.`);
  return manifest;
}

/** The text of a file; `undefined` if there is none. A link is refused, also in a parent folder: it may lead outside. */
function readInside(folder: string, path: string): string | undefined {
  for (let way = dirname(path); way !== "."; way = dirname(way)) {
    const found = lstatSync(join(folder, way), { throwIfNoEntry: false });
    if (found && !found.isDirectory())
      throw new ExitError(1, `${way} is a link, or not a folder. Nothing was changed; put a folder in its place.`);
  }
  return readRegularText(join(folder, path), { name: path, followsLinks: false });
}

function stateOf(found: string | undefined, wanted: string, written: string | undefined): State {
  if (found === wanted) return "same";
  if (found === undefined) return written === undefined ? "new" : "removed";
  if (written === hash(wanted)) return "edited";
  return written === hash(found) ? "outdated" : "both";
}
