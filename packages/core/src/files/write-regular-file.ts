import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { FileRefusal, toRefusal } from "./file-refusal.ts";
import { findRegular, readRegularFile } from "./read-regular-file.ts";

export interface WriteOptions {
  /** What a sentence calls the file. @default its path */
  readonly name?: string;
  /** Follow a symbolic link that the path itself is. @default true */
  readonly followsLinks?: boolean;
  /** Whose owner and rights the file gets. @default those of the file that is there, else our own and 0o644 */
  readonly like?: Stats | undefined;
  /** Refuse a path where something is already. @default false */
  readonly isNew?: boolean;
  /** What must still be in the file; where that changed, the file is left alone. */
  readonly expected?: Uint8Array;
}

/**
 * Writes a file in one step: to a draft beside it, to the disk, and then in its place. Whatever fails, a full disk too, the
 * old file is whole and no draft stays. Only a regular file is replaced, and no read-only one.
 * @throws FileRefusal with a sentence.
 */
export function writeRegularFile(path: string, content: string | Uint8Array, options: WriteOptions = {}): void {
  const { name = path, followsLinks = true, isNew = false, expected } = options;
  const found = findRegular(path, name, followsLinks);
  if (found && isNew) throw new FileRefusal(`${name} is there already. Nothing was written.`, 1);
  if (found) refuseReadOnly(path, found, name);
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  let draft: string | undefined;
  try {
    const target = found ? realpathSync(path) : path;
    draft = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}`);
    writeDraft(draft, bytes, options.like ?? found);
    if (expected && !readRegularFile(target, { name, largest: Infinity })?.equals(expected))
      throw new FileRefusal(`${name} was changed by somebody else just now. Nothing was written; run this again.`, 1);
    if (found) replace(draft, target, bytes);
    else claim(draft, target);
  } catch (error) {
    throw toRefusal(error, name, "written");
  } finally {
    if (draft !== undefined) rmSync(draft, { force: true });
  }
}

/** Root could write it, but whoever made it read-only did not want that. */
function refuseReadOnly(path: string, { mode }: Stats, name: string): void {
  try {
    accessSync(path, constants.W_OK);
    if ((mode & 0o222) !== 0) return;
  } catch {
    // The same sentence.
  }
  throw new FileRefusal(`${name} is read-only. Nothing was changed; make it writable first.`, 1);
}

/** The file may contain keys: only its owner may read it until it has the rights of the original. */
function writeDraft(draft: string, bytes: Uint8Array, like: Stats | undefined): void {
  const file = openSync(draft, "wx", 0o600);
  try {
    fill(file, bytes);
  } finally {
    closeSync(file);
  }
  try {
    if (like) chownSync(draft, like.uid, like.gid);
  } catch {
    // Only root may give a file to another owner; then it stays ours.
  }
  chmodSync(draft, (like?.mode ?? 0o644) & 0o7777);
}

function replace(draft: string, target: string, bytes: Uint8Array): void {
  try {
    renameSync(draft, target);
  } catch (error) {
    // A file that is mounted by itself, as in Docker, cannot be replaced, only filled.
    if ((error as NodeJS.ErrnoException).code !== "EBUSY") throw error;
    refill(target, bytes);
  }
}

/** A new file appears whole, and never in the place of one that came meanwhile. */
function claim(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    // Not every file system has hard links.
    if (lstatSync(target, { throwIfNoEntry: false })) throw error;
    renameSync(draft, target);
  }
}

/** In place. Where the disk is full, the old bytes go back: there was room for them. */
function refill(target: string, bytes: Uint8Array): void {
  const old = readRegularFile(target, { largest: Infinity });
  const file = openSync(target, "r+");
  try {
    fill(file, bytes);
  } catch (error) {
    if (old) fill(file, old);
    throw error;
  } finally {
    closeSync(file);
  }
}

function fill(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;)
    written += writeSync(file, bytes, written, bytes.length - written, written);
  ftruncateSync(file, bytes.length);
  fsyncSync(file);
}
