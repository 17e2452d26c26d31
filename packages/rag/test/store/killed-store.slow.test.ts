import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";

/** How many chunks each process stores before it is killed. Some processes get far enough for a checkpoint. */
const killedAfter = [1, 700, 30, 2500, 250];
const chunkCount = 6000;

test("a process that is killed while it stores chunks loses none that it has reported as stored", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rag-killed-"));
  try {
    const reported: number[] = [];
    for (const count of killedAfter) {
      const before = reported.length;
      await writeAndKill(folder, (position) => {
        reported.push(position);
        return reported.length >= before + count;
      });
      expect(existsSync(join(folder, "lock"))).toBe(true);
      expect(reported.length).toBeGreaterThanOrEqual(before + count);
    }
    // Nothing that was stored is stored again by the next process.
    expect(new Set(reported).size).toBe(reported.length);
    const store = await openStore({ folder });
    const document = { user: "ada", fileId: "long", name: "long.txt", digest: "one", chunkCount };
    const draft = await store.begin(document, { name: "test:wide", dimensions: 64 });
    expect(reported.filter((position) => !draft.stored.has(position))).toEqual([]);
    const missing = Array.from({ length: chunkCount }, (_, position) => position).filter(
      (position) => !draft.stored.has(position),
    );
    expect(missing.length).toBeGreaterThan(0);
    await store.addChunks(
      draft,
      missing.map((position) => ({
        position,
        overlap: 0,
        text: `text ${position} `.repeat(100),
        vector: Array(64).fill(1),
      })),
    );
    await store.finish(draft);
    const texts = (await store.chunksOf({ user: "ada" }, ["long"])).map(({ text }) => text);
    expect(texts).toEqual(Array.from({ length: chunkCount }, (_, position) => `text ${position} `.repeat(100)));
    await store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);

test("a process that is killed while it creates the database leaves a folder that opens", async () => {
  for (const milliseconds of [300, 1500]) {
    const folder = mkdtempSync(join(tmpdir(), "rag-killed-"));
    const child = start(folder, "ignore");
    while (!existsSync(join(folder, "pglite")) && child.exitCode === null) await sleep(10);
    await sleep(milliseconds);
    child.kill("SIGKILL");
    await once(child, "exit");
    const store = await openStore({ folder });
    await store.check();
    await store.close();
    rmSync(folder, { recursive: true });
  }
}, 120_000);

/** Runs a process, and kills it when `isEnough` returns true for a position that it stored. */
async function writeAndKill(folder: string, isEnough: (position: number) => boolean): Promise<void> {
  const child = start(folder, "pipe");
  const exited = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout! })) if (isEnough(Number(line))) child.kill("SIGKILL");
  expect((await exited)[1]).toBe("SIGKILL");
}

function start(folder: string, stdout: "pipe" | "ignore"): ReturnType<typeof spawn> {
  const program = join(import.meta.dirname, "write-until-killed.ts");
  return spawn(process.execPath, ["--conditions=source", program, folder, String(chunkCount)], {
    stdio: ["ignore", stdout, "inherit"],
  });
}
