import { lstatSync } from "node:fs";
import { realpath, stat, unlink } from "node:fs/promises";
import { resolve } from "node:path";
import { readRegularFile, writeRegularFile } from "@llm-provider/core/internal/files";
import { paint, type CommandIo } from "@llm-provider/testing/command";
import { createTwoFilesPatch } from "diff";

/** A file at the time of reading. */
export interface ConfigOnDisk {
  /** The name that the person gave. */
  readonly name: string;
  /** The path after following every link. */
  readonly path: string;
  /** Undefined if there is no such file yet. */
  readonly bytes: Buffer | undefined;
}

/** Reads the named file. */
export async function readConfigOnDisk(name: string, io: Pick<CommandIo, "cwd">): Promise<ConfigOnDisk> {
  const asked = resolve(io.cwd, name);
  const bytes = readRegularFile(asked, { name });
  return { name, path: bytes ? await realpath(asked) : asked, bytes };
}

/** The text of a file to edit, with its byte order mark: unedited bytes must not change. */
export function decodeConfig(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error(`${name} is not UTF-8, but LibreChat reads UTF-8. Save it as UTF-8, then run this again.`);
  }
}

/** The change as a unified diff that `patch` takes; coloured on a terminal. */
export function printDiff(
  name: string,
  before: string | undefined,
  after: string,
  io: Pick<CommandIo, "isTerminal">,
): string {
  if (before === after) return "";
  const { bold, red, green, cyan } = paint(io);
  const old = before === undefined ? "/dev/null" : name;
  const patch = createTwoFilesPatch(old, name, before ?? "", after, undefined, undefined, { context: 3 });
  // The line of `=` above a patch has no meaning.
  const lines = patch.slice(patch.indexOf("--- ")).split("\n");
  return lines
    .map((line) => {
      if (/^(---|\+\+\+) /.test(line)) return bold(line);
      if (line.startsWith("@@")) return cyan(line);
      return line.startsWith("+") ? green(line) : line.startsWith("-") ? red(line) : line;
    })
    .join("\n");
}

/**
 * Writes the file in one step. The old file is kept as a backup with its permissions; returns the path of the backup.
 * Throws a sentence if the file was changed since it was read or cannot be written; then no backup is left.
 */
export async function writeConfig({ name, path, bytes }: ConfigOnDisk, text: string): Promise<string | undefined> {
  if (bytes === undefined) {
    writeRegularFile(path, text, { name, isNew: true });
    return undefined;
  }
  const backup = freeBackup(path);
  writeRegularFile(backup, bytes, { isNew: true, like: await stat(path) });
  try {
    writeRegularFile(path, text, { name, expected: bytes });
    return backup;
  } catch (error) {
    await unlink(backup);
    throw error;
  }
}

/** `librechat.yaml.bak`, or `.bak2` and so on: older backups are never overwritten. */
function freeBackup(path: string): string {
  for (let number = 1; ; number++) {
    const backup = `${path}.bak${number === 1 ? "" : number}`;
    if (!lstatSync(backup, { throwIfNoEntry: false })) return backup;
  }
}
