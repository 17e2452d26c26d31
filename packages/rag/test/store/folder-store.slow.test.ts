import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { describeStore } from "./store-suite.ts";
import { chunk, model } from "./try-store.ts";

describe("PGlite in a folder", () => {
  const parent = mkdtempSync(join(tmpdir(), "rag-store-"));
  const folder = join(parent, "a folder", "of documents");
  let store: Store;
  beforeAll(async () => {
    store = await openStore({ folder });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    rmSync(parent, { recursive: true });
  });
  describeStore(() => store);

  test("keeps its documents and drafts when it is closed", async () => {
    expect(store.place).toBe(`PGlite in ${folder}`);
    const document = { user: "ada", fileId: "kept", name: "kept.txt", digest: "one", chunkCount: 1 };
    const draft = await store.begin(document, model);
    await store.addChunks(draft, [chunk(0)]);
    await store.close();
    store = await openStore({ folder });
    expect(await store.begin(document, model)).toEqual({ ...draft, stored: new Set([0]) });
    await store.finish(draft);
    expect(await store.chunksOf({ user: "ada" }, ["kept"])).toMatchObject([{ text: "text 0" }]);
  });

  test("cannot be opened twice", async () => {
    await expect(openStore({ folder })).rejects.toThrow(
      `The folder ${folder} is in use by another process (${process.pid}). Stop that one, or choose another folder.`,
    );
    await store.check();
  });

  test("starts over if a process was killed while it created the database", async () => {
    const half = join(parent, "half");
    mkdirSync(join(half, "pglite"), { recursive: true });
    writeFileSync(join(half, "pglite", "PG_VERSION"), "18\n");
    writeFileSync(join(half, "creating"), "");
    const again = await openStore({ folder: half });
    expect(await again.countDocuments()).toEqual([]);
    expect(existsSync(join(half, "creating"))).toBe(false);
    await again.close();
  }, 60_000);

  test("says what to do if the database is broken, and releases the folder", async () => {
    const broken = join(parent, "broken");
    const whole = await openStore({ folder: broken });
    await whole.close();
    const control = join(broken, "pglite", "global", "pg_control");
    const bytes = readFileSync(control);
    writeFileSync(control, "nothing");
    await expect(openStore({ folder: broken })).rejects.toThrow(
      /^The database in .*broken cannot be opened: .*Restore the folder from a copy, or move it away and upload the files again\.$/s,
    );
    writeFileSync(control, bytes);
    const again = await openStore({ folder: broken });
    await again.close();
  }, 60_000);
});
