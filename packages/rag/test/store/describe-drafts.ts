import { describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { ada, bob, chunk, model, other, tryStore } from "./try-store.ts";

/** Tests of unfinished documents and of new versions. */
export function describeDrafts(opened: () => Store): void {
  const { newId, document, put, search, read } = tryStore(opened);

  describe("a draft", () => {
    test("is not found before it is finished", async () => {
      const fileId = newId();
      const draft = await opened().begin(document(fileId), model);
      await opened().addChunks(draft, [chunk(0)]);
      const before = await opened().countDocuments();
      expect(await search(ada, [fileId])).toEqual([]);
      expect(await read(ada, [fileId])).toEqual([]);
      expect(await opened().modelsOf(ada, [fileId])).toEqual(new Map());
      await opened().finish(draft);
      expect(await search(ada, [fileId])).toEqual(["text 0"]);
      const counted = (rows: typeof before): number =>
        rows.find(({ model: { name } }) => name === model.name)?.documents ?? 0;
      expect(counted(await opened().countDocuments())).toBe(counted(before) + 1);
    });

    test("is resumed where it stopped", async () => {
      const fileId = newId();
      const draft = await opened().begin(document(fileId, { chunkCount: 3 }), model);
      expect(draft).toMatchObject({ isFinished: false, stored: new Set() });
      await opened().addChunks(draft, [chunk(2), chunk(0)]);
      const again = await opened().begin(document(fileId, { chunkCount: 3 }), model);
      expect(again).toEqual({ id: draft.id, isFinished: false, stored: new Set([0, 2]) });
      await expect(opened().finish(again)).rejects.toThrow(
        `${fileId}.txt is incomplete: 2 of 3 chunks are stored. Upload it again to add the missing ones.`,
      );
      await opened().addChunks(again, [chunk(1), chunk(2, { text: "another text" })]);
      await opened().finish(again);
      await opened().finish(again);
      expect(await read(ada, [fileId])).toEqual(["text 0", "text 1", "text 2"]);
      expect(await opened().begin(document(fileId, { chunkCount: 3 }), model)).toMatchObject({
        id: draft.id,
        isFinished: true,
      });
    });

    test("stores all chunks of a call or none", async () => {
      const fileId = newId();
      const draft = await opened().begin(document(fileId, { chunkCount: 300 }), model);
      const chunks = Array.from({ length: 250 }, (_, position) => chunk(position));
      await expect(opened().addChunks(draft, [...chunks, chunk(300)])).rejects.toThrow(
        "A chunk has the position 300, but its document has the positions 0 to 299.",
      );
      expect((await opened().begin(document(fileId, { chunkCount: 300 }), model)).stored.size).toBe(0);
    });

    test.each([
      ["version", { digest: "two" }, model],
      ["model", {}, other],
      ["number of chunks", { chunkCount: 2 }, model],
    ])("is dropped as soon as an upload with another %s begins", async (_, more, into) => {
      const fileId = newId();
      const older = await opened().begin(document(fileId), model);
      const newer = await opened().begin(document(fileId, more), into);
      expect(newer.id).not.toBe(older.id);
      const gone =
        "The file was deleted, or uploaded again, while it was being stored. Nothing of this upload is kept.";
      await expect(opened().addChunks(older, [chunk(0)])).rejects.toThrow(gone);
      await expect(opened().finish(older)).rejects.toThrow(gone);
    });

    test("is stored once, although it is begun and finished several times at once", async () => {
      const fileId = newId();
      const drafts = await Promise.all([1, 2, 3].map(() => opened().begin(document(fileId, { chunkCount: 2 }), model)));
      expect(new Set(drafts.map(({ id }) => id)).size).toBe(1);
      await Promise.all(
        drafts.map(async (draft) => {
          await opened().addChunks(draft, [chunk(0), chunk(1)]);
          await opened().finish(draft);
        }),
      );
      expect(await read(ada, [fileId])).toEqual(["text 0", "text 1"]);
    });

    test("is kept for only one of two versions that begin at once", async () => {
      const fileId = newId();
      const drafts = await Promise.all(
        ["one", "two"].map((digest) => opened().begin(document(fileId, { digest }), model)),
      );
      const stored = await Promise.allSettled(
        drafts.map(async (draft, index) => {
          await opened().addChunks(draft, [chunk(0, { text: String(index) })]);
          await opened().finish(draft);
        }),
      );
      const kept = stored.flatMap(({ status }, index) => (status === "fulfilled" ? [String(index)] : []));
      expect(kept).toHaveLength(1);
      expect(await read(ada, [fileId])).toEqual(kept);
    });
  });

  describe("another upload of a file", () => {
    test("replaces the file when it is finished, not before", async () => {
      const fileId = newId();
      await put(fileId, ["old 1", "old 2"]);
      const draft = await opened().begin(document(fileId, { digest: "two", name: "new.txt" }), model);
      await opened().addChunks(draft, [chunk(0, { text: "new" })]);
      expect(await search(ada, [fileId])).toEqual(["old 1", "old 2"]);
      await opened().finish(draft);
      expect(await opened().chunksOf(ada, [fileId])).toMatchObject([{ text: "new", name: "new.txt", digest: "two" }]);
    });

    test("never shows a mixture of two versions to a reader", async () => {
      const fileId = newId();
      await put(fileId, ["0", "0"], { digest: "0" });
      const seen: string[][] = [];
      const reading = (async () => {
        for (let turn = 0; turn < 20; turn++) seen.push(await search(ada, [fileId]), await read(ada, [fileId]));
      })();
      for (let version = 1; version < 6; version++)
        await put(fileId, [`${version}`, `${version}`], { digest: `${version}` });
      await reading;
      expect(seen.filter((texts) => texts.length !== 2 || texts[0] !== texts[1])).toEqual([]);
      expect(await read(ada, [fileId])).toEqual(["5", "5"]);
    });

    test("with another model replaces the file", async () => {
      const fileId = newId();
      await put(fileId, ["three"]);
      await put(fileId, ["two"], {}, other);
      expect(await opened().modelsOf(ada, [fileId])).toEqual(new Map([[fileId, other]]));
      expect(await search(ada, [fileId])).toEqual([]);
      expect(await read(ada, [fileId])).toEqual(["two"]);
    });

    test("by another member of an entity replaces the file, which then belongs to the last uploader", async () => {
      const fileId = newId();
      await put(fileId, ["old"], { entity: "agent" });
      await put(fileId, ["new"], { ...bob, entity: "agent", digest: "two" });
      expect(await read({ user: "eve", entity: "agent" }, [fileId])).toEqual(["new"]);
      expect(await read(bob, [fileId])).toEqual(["new"]);
      expect(await read(ada, [fileId])).toEqual([]);
      expect(await opened().begin(document(fileId, { entity: "agent", digest: "two" }), model)).toMatchObject({
        isFinished: true,
      });
      expect(await read(ada, [fileId])).toEqual(["new"]);
      expect(await read(bob, [fileId])).toEqual([]);
    });

    test("by another user is a separate document", async () => {
      const fileId = newId();
      await put(fileId, ["of ada"]);
      await put(fileId, ["of bob"], bob);
      expect(await read(ada, [fileId])).toEqual(["of ada"]);
      expect(await search(bob, [fileId])).toEqual(["of bob"]);
      expect(await opened().remove(bob, [fileId])).toEqual([fileId]);
      expect(await read(ada, [fileId])).toEqual(["of ada"]);
    });
  });
}
