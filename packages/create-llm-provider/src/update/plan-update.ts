import { hasPart, readPart, replacePart } from "@llm-provider/docs";
import { mergeDiff3 } from "node-diff3";
import { isBehind, type Comparison, type FileState } from "./compare-package.ts";

const meanings = {
  replaced: "replaced: it was not edited",
  merged: "merged with your edits",
  conflict: "merged with conflicts: look for <<<<<<<",
  beside: "edited, and its original text is not available: the new text is in the file beside it",
  added: "new",
  deleted: "deleted: it was not edited, and this version writes no such file",
} as const;

/** The planned change of one file. */
export interface FileChange {
  path: string;
  action: keyof typeof meanings;
  /** The new text; absent for `deleted`. */
  text?: string;
  /** The path of the new text. */
  target: string;
  conflicts?: number;
}

export function describeChange({ path, action, target, conflicts }: FileChange): string {
  const places = conflicts ? ` (${conflicts} place${conflicts > 1 ? "s" : ""})` : "";
  return `${path}: ${meanings[action]}${places}${action === "beside" ? `, ${target}` : ""}`;
}

/**
 * The changes that bring a package to this version. `base`: the original texts, read only if both the author and this
 * version both changed a file.
 */
export async function planUpdate(
  { files, manifest }: Comparison,
  base: () => Promise<ReadonlyMap<string, string>>,
  version: string,
): Promise<FileChange[]> {
  const behind = files.filter(isBehind);
  const bases = behind.some(({ state }) => state === "both") ? await base() : new Map<string, string>();
  const labels = { mine: "yours", theirs: `create-llm-provider ${version} (was ${manifest.version})` };
  return behind.map((file) => changeOf(file, bases.get(file.path), labels));
}

function changeOf(
  { path, state, found = "", wanted = "" }: FileState,
  base: string | undefined,
  labels: { mine: string; theirs: string },
): FileChange {
  if (state === "dropped") return { path, action: "deleted", target: path };
  if (state === "new") return { path, action: "added", text: wanted, target: path };
  if (state === "outdated") return { path, action: "replaced", text: wanted, target: path };
  if (base === undefined) return { path, action: "beside", text: wanted, target: `${path}.new` };
  const { text, conflicts } = mergeFiles({ mine: found, base, theirs: wanted }, labels);
  return conflicts > 0
    ? { path, action: "conflict", text, target: path, conflicts }
    : { path, action: "merged", text, target: path };
}

/** Merges the author's lines and the new version's, starting from their common base. */
function mergeFiles(
  texts: { mine: string; base: string; theirs: string },
  labels: { mine: string; theirs: string },
): {
  text: string;
  conflicts: number;
} {
  const { base, theirs } = withPartsOf(texts);
  const { result } = mergeDiff3(lines(texts.mine), lines(base), lines(theirs), {
    excludeFalseConflicts: true,
    label: { a: labels.mine, b: labels.theirs },
  });
  const conflicts = result.filter((line) => line.startsWith("<<<<<<< ")).length;
  return { text: result.join("\n"), conflicts };
}

function lines(text: string): string[] {
  return text.split("\n");
}

/** Generated parts follow the author's definition: edits of them are not merged. */
function withPartsOf({ mine, base, theirs }: { mine: string; base: string; theirs: string }): {
  base: string;
  theirs: string;
} {
  const fill = (text: string): string =>
    ["facts", "librechat"].reduce((page, name) => {
      const part = hasPart(mine, name) ? readPart(mine, name) : undefined;
      return part !== undefined && hasPart(page, name) ? replacePart(page, name, part) : page;
    }, text);
  return { base: fill(base), theirs: fill(theirs) };
}
