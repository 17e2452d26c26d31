import type { Stats } from "node:fs";

/** A path was refused. The message is a sentence that names the file; `exitCode` is for a program: 1 failed, 2 wrong use. */
export class FileRefusal extends Error {
  override readonly name = "FileRefusal" as const;
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Turns an error of the file system into a sentence. */
export function toRefusal(error: unknown, name: string, task: "read" | "written"): FileRefusal {
  if (error instanceof FileRefusal) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === undefined ? message : (reasons[code] ?? code);
  return task === "read"
    ? new FileRefusal(`${name} cannot be read: ${why}.`, 2)
    : new FileRefusal(`${name} cannot be written: ${why}. Nothing was changed.`, 1);
}

const reasons: { readonly [code: string]: string } = {
  EACCES: "you have no right to (EACCES)",
  EPERM: "you have no right to (EPERM)",
  ENOSPC: "the disk is full (ENOSPC)",
  EDQUOT: "the disk quota is used up (EDQUOT)",
  EFBIG: "the file would be too large (EFBIG)",
  EROFS: "the file system is read-only (EROFS)",
  ENOENT: "its folder is missing (ENOENT)",
  EEXIST: "another program made it just now (EEXIST)",
  ELOOP: "it is a link, or links to itself (ELOOP)",
  ENOTDIR: "a part of its path is not a folder (ENOTDIR)",
};

/** Throws for a folder, a pipe, a socket and a device. */
export function refuseIrregular(found: Stats, name: string): void {
  if (found.isFile()) return;
  const kind = found.isDirectory()
    ? "a folder"
    : found.isFIFO()
      ? "a pipe"
      : found.isSocket()
        ? "a socket"
        : found.isSymbolicLink()
          ? "a link"
          : "a device";
  throw new FileRefusal(`${name} is ${kind}. Name a regular file.`, 2);
}
