import { describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { ada, chunk, model, other, tryStore } from "./try-store.ts";

/** Tests of finished documents. */
export function describeDocuments(opened: () => Store): void {
  const { newId, document, put, search, read } = tryStore(opened);

  describe("a document", () => {
    test("is found with everything that was stored, nearest chunks first, up to the limit", async () => {
      const fileId = newId();
      const draft = await opened().begin(document(fileId, { chunkCount: 3 }), model);
      await opened().addChunks(draft, [
        chunk(2, { text: "far", vector: [-1, 0, 0] }),
        chunk(0, { text: "near", vector: [2, 0.2, 0], page: 7, overlap: 2 }),
        chunk(1, { text: "across", vector: [0, 1, 0] }),
      ]);
      await opened().finish(draft);
      const found = await opened().search({ caller: ada, fileIds: [fileId], model, vector: [1, 0, 0], limit: 3 });
      expect(found.map(({ text, distance }) => [text, Number(distance.toFixed(3))])).toEqual([
        ["near", 0.005],
        ["across", 1],
        ["far", 2],
      ]);
      expect(found[0]).toMatchObject({
        fileId,
        name: `${fileId}.txt`,
        digest: "one",
        user: "ada",
        position: 0,
        page: 7,
      });
      expect(found[1]).not.toHaveProperty("page");
      expect(await search(ada, [fileId], [1, 0, 0], 1)).toEqual(["near"]);
      expect(await search(ada, [fileId], [1, 0, 0], 0)).toEqual([]);
      expect(await opened().chunksOf(ada, [fileId])).toEqual([
        { fileId, name: `${fileId}.txt`, digest: "one", user: "ada", position: 0, page: 7, overlap: 2, text: "near" },
        { fileId, name: `${fileId}.txt`, digest: "one", user: "ada", position: 1, overlap: 0, text: "across" },
        { fileId, name: `${fileId}.txt`, digest: "one", user: "ada", position: 2, overlap: 0, text: "far" },
      ]);
      expect(await opened().modelsOf(ada, [fileId, "nothing"])).toEqual(new Map([[fileId, model]]));
    });

    test("keeps texts of every kind", async () => {
      const texts = [
        "",
        " ",
        "NULL",
        `"quoted", {1} \\ ' ; -- $1`,
        "Größe – 試験 – 👩‍👩‍👧‍👦 – \u200f",
        "a\r\n\tb",
        "x".repeat(100_000),
      ];
      const fileId = newId();
      await put(fileId, texts);
      expect(await read(ada, [fileId])).toEqual(texts);
    });

    test("loses the character 0, which PostgreSQL cannot store", async () => {
      const fileId = newId();
      await put(fileId, ["a\0b"], { name: "a\0.txt" });
      expect(await opened().chunksOf(ada, [fileId])).toMatchObject([{ text: "ab", name: "a.txt" }]);
    });

    test("may have no chunks at all", async () => {
      const fileId = newId();
      await put(fileId, []);
      expect(await read(ada, [fileId])).toEqual([]);
      expect((await opened().modelsOf(ada, [fileId])).has(fileId)).toBe(true);
    });

    test("has its vectors of zeros at the distance 1", async () => {
      const fileId = newId();
      const draft = await opened().begin(document(fileId), model);
      await opened().addChunks(draft, [chunk(0, { vector: [0, 0, 0] })]);
      await opened().finish(draft);
      const [found] = await opened().search({ caller: ada, fileIds: [fileId], model, vector: [1, 0, 0], limit: 1 });
      expect(found!.distance).toBe(1);
    });

    test("of 1,000 chunks is stored whole in one call", async () => {
      const fileId = newId();
      const texts = Array.from({ length: 1000 }, (_, position) => `chunk ${position}`);
      await put(fileId, texts);
      expect(await read(ada, [fileId])).toEqual(texts);
    });

    test("is read in the order of the ids", async () => {
      const [first, second] = [newId(), newId()];
      await put(first, ["1a", "1b"]);
      await put(second, ["2a", "2b"]);
      expect(await read(ada, [second, first])).toEqual(["2a", "2b", "1a", "1b"]);
      expect(await read(ada, [])).toEqual([]);
      expect(await search(ada, [])).toEqual([]);
    });

    test.each([
      "it's",
      `"; drop table rag_documents; --`,
      "$1",
      "%",
      "{a,b}",
      "日本語 👍",
      "a/b?c#d",
      "x".repeat(1000),
    ])("is found by the id %s, and by no other", async (id) => {
      await put(id, ["text"]);
      await put(newId(), ["another"]);
      expect(await search(ada, [id])).toEqual(["text"]);
      expect(await read(ada, [id])).toEqual(["text"]);
      expect(await opened().remove(ada, [id])).toEqual([id]);
      expect(await read(ada, [id])).toEqual([]);
    });

    test.each([
      [
        "a file id that is too long",
        { fileId: "x".repeat(10_000) },
        "The file id cannot be stored, since it is longer than 1000 bytes.",
      ],
      ["no file id", { fileId: "" }, "A document cannot be stored without a file id."],
      [
        "a file id that is not text",
        { fileId: "a\0" },
        "The file id cannot be stored, since it contains characters that are not text.",
      ],
      ["no user", { user: "" }, "A document cannot be stored without a user."],
      [
        "half a character as its entity",
        { entity: "\ud800" },
        "The entity cannot be stored, since it contains characters that are not text.",
      ],
      ["half a chunk", { chunkCount: 0.5 }, "A document cannot have 0.5 chunks."],
    ])("is refused with %s", async (_, more, sentence) => {
      await expect(opened().begin(document(newId(), more), model)).rejects.toThrow(sentence);
    });

    test("is not found by ids that cannot be stored, which cause no error", async () => {
      const ids = ["x".repeat(10_000), "", "a\0", "\ud800"];
      expect(await search(ada, ids)).toEqual([]);
      expect(await read({ user: "a\0", entity: "\ud800" }, ids)).toEqual([]);
      expect(await opened().modelsOf(ada, ids)).toEqual(new Map());
      expect(await opened().remove({ user: "a\0" }, ids)).toEqual([]);
    });
  });

  test("documents of two models are stored side by side", async () => {
    const [first, second] = [newId(), newId()];
    await put(first, ["three"]);
    await put(second, ["two"], {}, other);
    expect(await opened().modelsOf(ada, [first, second])).toEqual(
      new Map([
        [first, model],
        [second, other],
      ]),
    );
    expect(await search(ada, [first, second])).toEqual(["three"]);
    expect(await read(ada, [first, second])).toEqual(["three", "two"]);
    expect((await opened().countDocuments()).map(({ model: { name } }) => name)).toEqual(
      expect.arrayContaining([model.name, other.name]),
    );
  });

  test("an open store passes its own check", async () => {
    await opened().check();
  });
}
