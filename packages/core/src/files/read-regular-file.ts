import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { FileRefusal, refuseIrregular, toRefusal } from "./file-refusal.ts";

export interface FileOptions {
  /** What a sentence calls the file. @default its path */
  readonly name?: string;
  /** The most bytes that are read. @default 2 MiB */
  readonly largest?: number;
  /** Follow a symbolic link that the path itself is. @default true */
  readonly followsLinks?: boolean;
}

const usual = 2 * 1024 * 1024;

/**
 * Reads a regular file; `undefined` if there is none. A folder, a pipe, a socket and a device are refused, through a link
 * too: a pipe would wait for a writer, and a device may never end.
 * @throws FileRefusal if it is not a regular file, is too large, or cannot be read.
 */
export function readRegularFile(path: string, options: FileOptions = {}): Buffer | undefined {
  const { name = path, largest = usual, followsLinks = true } = options;
  if (!findRegular(path, name, followsLinks)) return undefined;
  let file: number | undefined;
  try {
    // The file may have been replaced since the check. On Windows neither flag is defined, which counts as 0.
    const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
    file = openSync(path, O_RDONLY | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW));
    refuseIrregular(fstatSync(file), name);
    return readAtMost(file, largest, name);
  } catch (error) {
    throw toRefusal(error, name, "read");
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Its text, with its byte order mark. @throws FileRefusal also if it is not UTF-8. */
export function readRegularText(path: string, options: FileOptions = {}): string | undefined {
  const bytes = readRegularFile(path, options);
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileRefusal(`${options.name ?? path} is not UTF-8. Save it as UTF-8, then run this again.`, 2);
  }
}

/** What is at a path, if anything. @throws FileRefusal if it is not a regular file. */
export function findRegular(path: string, name: string, followsLinks: boolean): Stats | undefined {
  let found: Stats | undefined;
  try {
    found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isSymbolicLink() && followsLinks) found = statSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw toRefusal(error, name, "read");
    throw new FileRefusal(`${name} is a link to a file that does not exist. Name a regular file.`, 2);
  }
  if (found) refuseIrregular(found, name);
  return found;
}

/** The reported size of a file may be wrong: it may grow, or be in /proc. */
function readAtMost(file: number, largest: number, name: string): Buffer {
  const pieces: Buffer[] = [];
  let length = 0;
  for (;;) {
    const piece = Buffer.allocUnsafe(Math.min(64 * 1024, largest + 1 - length));
    const read = readSync(file, piece);
    if (read === 0) return Buffer.concat(pieces);
    length += read;
    if (length > largest)
      throw new FileRefusal(`${name} is larger than ${sizeOf(largest)}, which is the largest size that is read.`, 2);
    pieces.push(piece.subarray(0, read));
  }
}

function sizeOf(bytes: number): string {
  const [size, unit] = bytes >= 1024 * 1024 ? [bytes / (1024 * 1024), "MiB"] : [bytes / 1024, "KiB"];
  return `${Math.round(size * 10) / 10} ${unit}`;
}
