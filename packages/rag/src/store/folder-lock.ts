import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The locks that this process holds. */
const held = new Set<string>();

/**
 * Takes a folder for this process alone. What a process has left that is gone is taken over.
 * @returns What gives the folder back.
 * @throws Error where another process has it.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "lock");
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  // Once more after a lock is taken over, or given back in the meantime.
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = readLock(file);
      if (attempt === 5 || (owner ? isAlive(owner, file) : isYoung(file)))
        throw new Error(
          `The folder ${folder} is in use by another process${owner ? ` (${owner.pid})` : ""}. Stop that one, or choose another folder.`,
          { cause: error },
        );
      takeAway(file);
    }
  }
  held.add(file);
  return () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
}

interface Owner {
  readonly pid: number;
  /** Tells a process from a later one with the same id: in a container, every first process has the same. */
  readonly startedAt?: string;
}

/** `undefined` where there is none, or where a killed process has left half a file. */
function readLock(file: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof owner === "object" && owner && "pid" in owner && Number.isInteger(owner.pid)
      ? (owner as Owner)
      : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, startedAt }: Owner, file: string): boolean {
  if (pid === process.pid) return held.has(file);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is one, of another user.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return startedAt === undefined || startedAt === startOf(pid);
}

/** When a process started, as Linux counts it. `undefined` elsewhere. */
function startOf(pid: number): string | undefined {
  try {
    // The name of the program, in brackets, may have spaces. The start is the 20th field after it.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19];
  } catch {
    return undefined;
  }
}

/** A lock without an owner is one that is just being written, or that a killed process has left half written. */
function isYoung(file: string): boolean {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 5000;
}

/** Removes an old lock. Where another process has just done so and has its own lock there, that is put back. */
function takeAway(file: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const owner = readLock(aside);
  if (owner && isAlive(owner, file)) renameSync(aside, file);
  else rmSync(aside);
}
