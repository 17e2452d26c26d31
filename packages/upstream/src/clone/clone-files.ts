import { lstatSync, mkdirSync, readdirSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { FileRefusal, readRegularText, writeRegularFile } from "@llm-provider/core/internal/files";
import { refusal } from "../refusal.ts";

/** Bytes. The largest guide has 38 kB (read 2026-08-21). */
const largest = 256 * 1024;

/** The files of a folder. Paths are relative to it, with slashes. */
export interface CloneFiles {
  list(folder: string): readonly string[];
  /** Undefined if there is no file. */
  read(path: string): string | undefined;
  /** Writes the file in one step, so that a full disk leaves the old one. */
  write(path: string, text: string): void;
}

/**
 * Opens the files of a folder that someone else made. Only regular UTF-8 files of at most 256 KiB inside the folder are read
 * or replaced: a link, a pipe or a device is refused with a sentence.
 */
export function cloneFiles(root: string): CloneFiles {
  return {
    list: (folder) => readdirSync(inside(root, folder).absolute),
    read: (path) => {
      const { absolute, found } = inside(root, path);
      return found && refusing(() => readRegularText(absolute, { name: path, largest, followsLinks: false }));
    },
    write: (path, text) => {
      const { absolute } = inside(root, path);
      mkdirSync(dirname(absolute), { recursive: true });
      refusing(() => writeRegularFile(absolute, text, { name: path, followsLinks: false }));
    },
  };
}

/** The absolute path of a file in a folder, and the entry there. A path that leads outside or through a link is refused. */
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
      throw refusal(`${path} is a link, or its folder is one. Links are not followed: put the real file there.`);
    }
  }
  return { absolute, found };
}

/** Nobody named these files on the command line, so a bad file is a refusal instead of wrong use. */
function refusing<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof FileRefusal ? refusal(error.message) : error;
  }
}
