import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockFolder } from "../../src/store/folder-lock.ts";

describe("lockFolder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rag-lock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const leave = (text: string): void => writeFileSync(join(folder, "lock"), text);
  const taken = (pid: number): string =>
    `The folder ${folder} is in use by another process (${pid}). Stop that one, or choose another folder.`;

  test("locks a folder until the lock is released", () => {
    const unlock = lockFolder(folder);
    expect(JSON.parse(readFileSync(join(folder, "lock"), "utf8"))).toMatchObject({ pid: process.pid });
    expect(() => lockFolder(folder)).toThrow(taken(process.pid));
    unlock();
    expect(readdirSync(folder)).toEqual([]);
    lockFolder(folder)();
  });

  test("refuses the lock of a running process, and replaces it when the process has ended", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    leave(JSON.stringify({ pid: child.pid }));
    expect(() => lockFolder(folder)).toThrow(taken(child.pid!));
    expect(existsSync(join(folder, "lock"))).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    lockFolder(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("replaces the lock of an earlier process with its own id, as in a restarted container", () => {
    leave(JSON.stringify({ pid: process.pid, startedAt: "1" }));
    lockFolder(folder)();
  });

  test.runIf(process.platform === "linux")(
    "replaces the lock of an ended process whose id another process has now",
    () => {
      leave(JSON.stringify({ pid: process.ppid, startedAt: "1" }));
      lockFolder(folder)();
    },
  );

  test.each(["", "{", "null", "{}", '{"pid":"1"}'])(
    "replaces the damaged lock %j when it is old, but not while it may still be written",
    (text) => {
      leave(text);
      expect(() => lockFolder(folder)).toThrow(`The folder ${folder} is in use by another process.`);
      utimesSync(join(folder, "lock"), 0, 0);
      lockFolder(folder)();
    },
  );
});
