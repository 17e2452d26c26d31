import { lstatSync } from "node:fs";
import { realpath, stat, unlink } from "node:fs/promises";
import { resolve } from "node:path";
import { readRegularFile, writeRegularFile } from "@llm-provider/core/internal/files";
import { paint, type CommandIo } from "@llm-provider/testing/command";
import { createTwoFilesPatch } from "diff";

/** A file as it was when it was read. */
export interface ConfigOnDisk {
  /** As the person named it. */
  readonly name: string;
  /** Behind every link. */
  readonly path: string;
  /** Undefined where there is no such file yet. */
  readonly bytes: Buffer | undefined;
}

/** Reads the file that was named. */
export async function readConfigOnDisk(name: string, io: Pick<CommandIo, "cwd">): Promise<ConfigOnDisk> {
  const asked = resolve(io.cwd, name);
  const bytes = readRegularFile(asked, { name });
  return { name, path: bytes ? await realpath(asked) : asked, bytes };
}

/** The text of a file that is going to be edited, its byte order mark with it: every byte must come back as it was. */
export function decodeConfig(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error(`${name} is not UTF-8, which is what LibreChat reads. Save it as UTF-8, then run this again.`);
  }
}

/** What would change, as a unified diff that `patch` takes; coloured on a terminal. */
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
  // The line of `=` above a patch says nothing.
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
 * Writes the file in one step. What was there stays as a backup, with the rights of the file itself; gives back its path.
 * Throws a sentence when the file was changed since it was read, and where it cannot be written: then no backup stays.
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

/** `librechat.yaml.bak`, or `.bak2` and so on: an older backup is never lost. */
function freeBackup(path: string): string {
  for (let number = 1; ; number++) {
    const backup = `${path}.bak${number === 1 ? "" : number}`;
    if (!lstatSync(backup, { throwIfNoEntry: false })) return backup;
  }
}
