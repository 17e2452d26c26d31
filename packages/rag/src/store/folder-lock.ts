import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The locks that this process holds. */
const held = new Set<string>();

/**
 * Locks a folder for this process. The lock of a process that no longer runs is replaced.
 * @returns A function that releases the lock.
 * @throws Error if another process has the lock.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "lock");
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  // Tries again after an old lock was removed, or another process released its lock.
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
  /** Distinguishes a process from a later one with the same id: in a container, the first process always has the id 1. */
  readonly startedAt?: string;
}

/** `undefined` if there is no lock, or a killed process left half a file. */
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
    // EPERM means that the process runs, as another user.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return startedAt === undefined || startedAt === startOf(pid);
}

/** When a process started, in Linux's clock ticks. `undefined` on other systems. */
function startOf(pid: number): string | undefined {
  try {
    // The program's name is in brackets and may contain spaces. The start time is the 20th field after it.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19];
  } catch {
    return undefined;
  }
}

/** Distinguishes a lock that another process is just writing from one that a killed process left half written. */
function isYoung(file: string): boolean {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 5000;
}

/** Removes an old lock. If another process has replaced it in the meantime, that process's lock is put back. */
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
