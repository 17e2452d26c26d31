import { randomUUID } from "node:crypto";
import { lstatSync, readdirSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { FileTree } from "./render.ts";
import { stop } from "./stop.ts";

/** Undoes what was written; safe to call at any moment, and twice. */
export type Undo = () => Promise<void>;

/** Stops with exit code 3 unless `folder` is free: absent, or an empty folder. A link is never followed. `hint`: what to do then. */
export function checkFree(folder: string, hint = "Give another folder with --dir."): "absent" | "empty" {
  let found;
  try {
    found = lstatSync(folder, { throwIfNoEntry: false });
  } catch (error) {
    throw stop(1, `${folder} cannot be looked at (${(error as NodeJS.ErrnoException).code}). ${hint}`);
  }
  if (!found) return "absent";
  if (!found.isDirectory()) throw stop(3, `${folder} exists already and is no folder. ${hint}`);
  if (readdirSync(folder).length > 0) throw stop(3, `${folder} is not empty. Nothing was written. ${hint}`);
  return "empty";
}

/**
 * All files or none: they are written beside `folder` first, `finish` may add to them there, and then they move in.
 * `onUndo` is told how to take everything back, before anything is written. `hint`: as of `checkFree`.
 */
export async function writePackage(
  folder: string,
  files: FileTree,
  options: { finish: (folder: string) => Promise<void>; onUndo: (undo: Undo) => void; hint?: string },
): Promise<void> {
  const { finish, onUndo, hint } = options;
  const target = resolve(folder);
  const parent = dirname(target);
  const before = checkFree(target, hint);
  const draft = join(parent, `.${basename(target)}-${randomUUID().slice(0, 8)}`);
  let firstMade: string | undefined;
  let moving = false;
  const empty = async (inside: string) => {
    for (const name of await readdir(inside)) await rm(join(inside, name), { recursive: true, force: true });
  };
  onUndo(async () => {
    await rm(draft, { recursive: true, force: true });
    if (moving && before === "empty") await empty(target);
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
  await finish(draft);

  moving = true;
  if (before === "absent") await rename(draft, target);
  // An empty folder may be the one that the user's shell stands in: it is filled, not replaced.
  else {
    for (const name of await readdir(draft)) await rename(join(draft, name), join(target, name));
    await rm(draft, { recursive: true });
  }
}
