import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { refusal } from "../refusal.ts";

/** Bytes. The largest guide has 38 kB (read 2026-08-21). */
const largest = 256 * 1024;

/** The files of a folder. Paths are relative to it, with slashes. */
export interface CloneFiles {
  list(folder: string): readonly string[];
  /** Absent when there is no file. */
  read(path: string): string | undefined;
  /** Writes the file in one step, so that a full disk leaves the old one. */
  write(path: string, text: string): void;
}

/**
 * Opens the files of a folder that a stranger made. Only regular UTF-8 files of at most 256 KiB inside the folder are read
 * or replaced: a link, a pipe or a device is refused with a sentence.
 */
export function cloneFiles(root: string): CloneFiles {
  return {
    list: (folder) => readdirSync(inside(root, folder).absolute),
    read: (path) => {
      const { absolute, found } = inside(root, path);
      return found && readRegular(absolute, path);
    },
    write: (path, text) => {
      const { absolute, found } = inside(root, path);
      if (found && !found.isFile()) throw irregular(path);
      replace(absolute, text, found ? found.mode & 0o777 : 0o644);
    },
  };
}

/** The absolute path of a file in a folder, and what is there. A path that leads out of it, or through a link, is refused. */
function inside(root: string, path: string): { absolute: string; found: Stats | undefined } {
  const steps = path.split("/");
  if (steps.some((step) => step === "" || step === "." || step === ".." || /[\\:\0]/.test(step))) {
    throw refusal(`${JSON.stringify(path)} is not a path inside the clone.`);
  }
  let absolute = root;
  let found: Stats | undefined;
  for (const step of steps) {
    absolute = join(absolute, step);
    found = lstatSync(absolute, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) {
      throw refusal(`${path} is a link, or lies behind one. Links are not followed: put the real file there.`);
    }
  }
  return { absolute, found };
}

function readRegular(absolute: string, path: string): string {
  // A pipe would block the opening, and a link may have come since the check.
  const file = openSync(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw irregular(path);
    if (stats.size > largest) {
      throw refusal(`${path} has ${stats.size} bytes. At most ${largest} are read: no page is that long.`);
    }
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) throw refusal(`${path} is not UTF-8. Convert it first: an edit would damage it.`);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** By a rename, which cannot write into a pipe or through a hard link. */
function replace(absolute: string, text: string, mode: number): void {
  mkdirSync(dirname(absolute), { recursive: true });
  const temporary = `${absolute}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: "wx", mode });
    renameSync(temporary, absolute);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function irregular(path: string): Error {
  return refusal(`${path} is not a regular file. Only regular files are read and replaced: remove it first.`);
}
