import { randomUUID } from "node:crypto";
import { lstatSync, readdirSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { readRegularText } from "@llm-provider/core/internal/files";
import { type TemplateContext, templateContext } from "../context/template-context.ts";
import { ExitError } from "../exit-error.ts";
import { type FileTree, measuredFiles, renderPackage } from "../render/render.ts";
import type { Templates } from "../resources.ts";
import { hashes, manifestName, printManifest } from "./manifest.ts";
import { recordCassettes } from "./record-cassettes.ts";

/** Undoes the writing; safe to call at any moment, and twice. */
export type Undo = () => Promise<void>;

// The usual contents of a new repository are kept; our file of the same name is written beside each.
const harmless = /^(\.git|README(\.md)?|LICEN[CS]E(\.md|\.txt)?)$/;

/**
 * Throws an `ExitError` (3) unless `folder` is free: absent, or a folder with only `.git`, a README and a licence.
 * A link is never followed. The error ends with advice.
 */
export function checkFree(folder: string, inWorkspace: boolean): "absent" | "empty" {
  const hint = inWorkspace ? "Choose another id." : "Give another folder with --dir.";
  let found;
  try {
    found = lstatSync(folder, { throwIfNoEntry: false });
  } catch (error) {
    throw new ExitError(1, `${folder} cannot be read (${(error as NodeJS.ErrnoException).code}). ${hint}`);
  }
  if (!found) return "absent";
  if (!found.isDirectory()) throw new ExitError(3, `${folder} already exists and is not a folder. ${hint}`);
  if (!readdirSync(folder).every((name) => harmless.test(name)))
    throw new ExitError(3, `${folder} is not empty. Nothing was written. ${hint}`);
  return "empty";
}

/**
 * Writes the package and returns its files: all or none. They are rendered and their cassettes recorded in a draft folder
 * beside `folder`, and then moved in at once. `onUndo` gets the function that undoes everything, before anything is written.
 */
export async function writePackage(
  folder: string,
  context: TemplateContext,
  options: { templates: Templates; onUndo?: (undo: Undo) => void },
): Promise<FileTree> {
  const target = resolve(folder);
  const parent = dirname(target);
  const files = new Map([...renderPackage(options.templates, context), ...measuredFiles(context)]);
  const before = checkFree(target, context.inWorkspace);
  const draft = join(parent, `.${basename(target)}-${randomUUID().slice(0, 8)}`);
  let firstMade: string | undefined;
  let moving = false;
  const moved: string[] = [];
  options.onUndo?.(async () => {
    await rm(draft, { recursive: true, force: true });
    for (const name of moved) await rm(join(target, name), { recursive: true, force: true });
    if (moving && before === "absent") await rm(target, { recursive: true, force: true });
    if (firstMade) await rm(firstMade, { recursive: true, force: true });
  });

  firstMade = await mkdir(parent, { recursive: true });
  await mkdir(draft);
  for (const [path, text] of files) {
    const file = join(draft, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: "wx" });
  }
  await recordCassettes(context, join(draft, "test", "cassettes"));
  if (!context.inWorkspace) {
    const written = new Map([...(await readTree(draft)), ...unmeasured(options.templates, context)]);
    const text = printManifest(context.version["create-llm-provider"]!, context.answers, hashes(written));
    await writeFile(join(draft, manifestName), text, { flag: "wx" });
  }
  const made = await readTree(draft);

  moving = true;
  if (before === "absent") await rename(draft, target);
  // An empty folder may be the current directory of the user's shell: it is filled, not replaced.
  else {
    const kept = new Set(await readdir(target));
    for (const name of await readdir(draft)) {
      const free = kept.has(name) ? `${name}.new` : name;
      moved.push(free);
      await rename(join(draft, name), join(target, free));
    }
    await rm(draft, { recursive: true });
  }
  return made;
}

/** A probe's facts count as an edit of the author: an update does not undo them. */
function unmeasured(templates: Templates, context: TemplateContext): FileTree {
  if (!context.measured) return new Map();
  const { answers, version, inWorkspace } = context;
  const plain = renderPackage(templates, templateContext(answers, version, inWorkspace));
  return new Map([...plain].filter(([path]) => path === "README.md" || measuredFiles(context).has(path)));
}

/** Path → text of every file in a folder, sorted; paths are relative to it and use `/`. */
export async function readTree(folder: string): Promise<Map<string, string>> {
  const files: [path: string, text: string][] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.push([relative(folder, path).replaceAll(sep, "/"), readRegularText(path, { followsLinks: false })!]);
  }
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}
