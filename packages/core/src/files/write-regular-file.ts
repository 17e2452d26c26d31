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
  /** The file whose owner and permissions are copied. @default the existing file, else our own owner and 0o644 */
  readonly like?: Stats | undefined;
  /** Refuse a path that exists. @default false */
  readonly isNew?: boolean;
  /** The expected content of the file; if it has changed, the file is left alone. */
  readonly expected?: Uint8Array;
}

/**
 * Writes a file in one step: a draft beside it is flushed to disk and then renamed. Whatever fails, even a full disk, the
 * old file stays whole and no draft is left. Only a regular file that is not read-only is replaced.
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

/** Root could write it, but the person who made it read-only did not want that. */
function refuseReadOnly(path: string, { mode }: Stats, name: string): void {
  try {
    accessSync(path, constants.W_OK);
    if ((mode & 0o222) !== 0) return;
  } catch {
    // The same sentence.
  }
  throw new FileRefusal(`${name} is read-only. Nothing was changed; make it writable first.`, 1);
}

/** The file may contain keys: only its owner may read it until it has the permissions of the original. */
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
    // Only root may give a file to another owner; for anybody else it stays ours.
  }
  chmodSync(draft, (like?.mode ?? 0o644) & 0o7777);
}

function replace(draft: string, target: string, bytes: Uint8Array): void {
  try {
    renameSync(draft, target);
  } catch (error) {
    // A single mounted file, as in Docker, can be overwritten but not replaced.
    if ((error as NodeJS.ErrnoException).code !== "EBUSY") throw error;
    refill(target, bytes);
  }
}

/** A new file appears whole, and never replaces one that was created meanwhile. */
function claim(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    // Not every file system has hard links.
    if (lstatSync(target, { throwIfNoEntry: false })) throw error;
    renameSync(draft, target);
  }
}

/** Overwrites in place. If the disk is full, the old bytes are restored: there was room for them. */
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
