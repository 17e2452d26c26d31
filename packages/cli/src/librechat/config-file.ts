import { randomBytes } from "node:crypto";
import { chmod, chown, open, readFile, realpath, rename, stat, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { paint, usageError, type CommandIo } from "@llm-provider/testing/command";
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
  let path: string;
  try {
    path = await realpath(asked);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { name, path: asked, bytes: undefined };
    throw usageError(`${name} cannot be read: ${(error as Error).message}`);
  }
  if ((await stat(path)).isDirectory())
    throw usageError(`${name} is a folder. Name the file, such as ${name}/librechat.yaml.`);
  try {
    return { name, path, bytes: await readFile(path) };
  } catch (error) {
    throw usageError(`${name} cannot be read: ${(error as Error).message}`);
  }
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
 * Writes a file so that nobody ever sees half of it: beside it, then in its place. What was there stays as a backup, with the
 * rights of the file itself. Gives back the backup's path. Throws a sentence when the file was changed since it was read.
 */
export async function writeConfig({ name, path, bytes }: ConfigOnDisk, text: string): Promise<string | undefined> {
  if (bytes === undefined) {
    await writeFile(path, text, { flag: "wx", mode: 0o644 }).catch((error: NodeJS.ErrnoException) => {
      throw cannotWrite(name, error);
    });
    return undefined;
  }
  const { mode, uid, gid } = await stat(path);
  const rights = { mode: mode & 0o7777, uid, gid };
  const backup = await writeBackup(path, bytes, rights).catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(name, error);
  });
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    await writeNew(draft, Buffer.from(text), rights);
    if (!(await readFile(path)).equals(bytes))
      throw new Error(`${name} was changed by somebody else just now. Nothing was written; run this again.`);
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    // A file that is mounted by itself, as in Docker, cannot be replaced, only filled.
    if ((error as NodeJS.ErrnoException).code === "EBUSY") await writeFile(path, text);
    else {
      await unlink(backup);
      throw "code" in (error as Error) ? cannotWrite(name, error as NodeJS.ErrnoException) : error;
    }
  }
  return backup;
}

type Rights = { mode: number; uid: number; gid: number };

/** `librechat.yaml.bak`, or `.bak2` and so on: an older backup is never lost. */
async function writeBackup(path: string, bytes: Buffer, rights: Rights): Promise<string> {
  for (let number = 1; ; number++) {
    const backup = `${path}.bak${number === 1 ? "" : number}`;
    try {
      await writeNew(backup, bytes, rights);
      return backup;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** The file may hold keys: it is nobody's but ours until it has the rights of the original. */
async function writeNew(path: string, bytes: Buffer, { mode, uid, gid }: Rights): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  // Only root may give a file to another owner; then it stays ours.
  await chown(path, uid, gid).catch(() => undefined);
  await chmod(path, mode);
}

function cannotWrite(name: string, error: NodeJS.ErrnoException): Error {
  return new Error(`${name} cannot be written: ${error.message}. Nothing was changed.`);
}
