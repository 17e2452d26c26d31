import { readFile, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Io } from "../io.ts";
import { usageError } from "../usage-error.ts";

/** A file as it was when it was read. */
export type ConfigOnDisk = {
  /** As the person named it. */
  readonly name: string;
  /** Behind every link. */
  readonly path: string;
  /** Undefined where there is no such file yet. */
  readonly bytes: Buffer | undefined;
};

/** Reads the file that was named. */
export async function readConfigOnDisk(name: string, io: Io): Promise<ConfigOnDisk> {
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
