import { describe, expect, test } from "vitest";
import type { Caller, Draft, EmbeddedChunk, EmbeddingModel, NewDocument, Store } from "../../src/store/store.ts";

export const model: EmbeddingModel = { name: "test:three", dimensions: 3 };
const other: EmbeddingModel = { name: "test:two", dimensions: 2 };
const ada: Caller = { user: "ada" };
const bob: Caller = { user: "bob" };

/** What a store promises, wherever it keeps its documents. Every test has file ids of its own. */
export function describeStore(opened: () => Store): void {
  let count = 0;
  const newId = (): string => `file-${++count}`;
  const document = (fileId: string, more: Partial<NewDocument> = {}): NewDocument => ({
    ...ada,
    fileId,
    name: `${fileId}.txt`,
    digest: "one",
    chunkCount: 1,
    ...more,
  });
  /** Stores a document with a text a chunk. */
  const put = async (
    fileId: string,
    texts: readonly string[],
    more: Partial<NewDocument> = {},
    into: EmbeddingModel = model,
  ): Promise<Draft> => {
    const draft = await opened().begin(document(fileId, { chunkCount: texts.length, ...more }), into);
    await opened().addChunks(
      draft,
      texts.map((text, position) => chunk(position, { text, vector: unit(into) })),
    );
    await opened().finish(draft);
    return draft;
  };
  const search = async (
    caller: Caller,
    fileIds: readonly string[],
    vector = [1, 0, 0],
    limit = 10,
  ): Promise<string[]> => (await opened().search({ caller, fileIds, model, vector, limit })).map(({ text }) => text);
  const read = async (caller: Caller, fileIds: readonly string[]): Promise<string[]> =>
    (await opened().chunksOf(caller, fileIds)).map(({ text }) => text);

  describe("a document", () => {
    test("is found with all that was stored, nearest first, and no more of it than asked for", async () => {
      const fileId = newId();
      const draft = await opened().begin(document(fileId, { chunkCount: 3 }), model);
      await opened().addChunks(draft, [
        chunk(2, { text: "far", vector: [-1, 0, 0] }),
        chunk(0, { text: "near", vector: [2, 0.2, 0], page: 7 }),
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
        { fileId, name: `${fileId}.txt`, digest: "one", user: "ada", position: 0, page: 7, text: "near" },
        { fileId, name: `${fileId}.txt`, digest: "one", user: "ada", position: 1, text: "across" },
        { fileId, name: `${fileId}.txt`, digest: "one", user: "ada", position: 2, text: "far" },
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

    test("has chunks of zeros, which have no direction, at the distance 1", async () => {
      const fileId = newId();
      const draft = await opened().begin(document(fileId), model);
      await opened().addChunks(draft, [chunk(0, { vector: [0, 0, 0] })]);
      await opened().finish(draft);
      const [found] = await opened().search({ caller: ada, fileIds: [fileId], model, vector: [1, 0, 0], limit: 1 });
      expect(found!.distance).toBe(1);
    });

    test("of 1,000 chunks in one call is stored whole", async () => {
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
        "The file id cannot be stored, since it has characters that are not text.",
      ],
      ["no user", { user: "" }, "A document cannot be stored without a user."],
      [
        "half a character as its entity",
        { entity: "\ud800" },
        "The entity cannot be stored, since it has characters that are not text.",
      ],
      ["half a chunk", { chunkCount: 0.5 }, "A document cannot have 0.5 chunks."],
    ])("is refused with %s", async (_, more, sentence) => {
      await expect(opened().begin(document(newId(), more), model)).rejects.toThrow(sentence);
    });

    test("is not found by ids that cannot be stored, and they are no error", async () => {
      const ids = ["x".repeat(10_000), "", "a\0", "\ud800"];
      expect(await search(ada, ids)).toEqual([]);
      expect(await read({ user: "a\0", entity: "\ud800" }, ids)).toEqual([]);
      expect(await opened().modelsOf(ada, ids)).toEqual(new Map());
      expect(await opened().remove({ user: "a\0" }, ids)).toEqual([]);
    });
  });

  describe("a draft", () => {
    test("is found by nobody before it is finished", async () => {
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

    test("is taken up where it was left", async () => {
      const fileId = newId();
      const draft = await opened().begin(document(fileId, { chunkCount: 3 }), model);
      expect(draft).toMatchObject({ isFinished: false, stored: new Set() });
      await opened().addChunks(draft, [chunk(2), chunk(0)]);
      const again = await opened().begin(document(fileId, { chunkCount: 3 }), model);
      expect(again).toEqual({ id: draft.id, isFinished: false, stored: new Set([0, 2]) });
      await expect(opened().finish(again)).rejects.toThrow(
        `${fileId}.txt is not whole: 2 of 3 chunks are stored. Upload it again, and the missing ones are added.`,
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
        "A chunk has the position 300, and its document has the positions 0 to 299.",
      );
      expect((await opened().begin(document(fileId, { chunkCount: 300 }), model)).stored.size).toBe(0);
    });

    test.each([
      ["version", { digest: "two" }, model],
      ["model", {}, other],
      ["way to split it", { chunkCount: 2 }, model],
    ])("gives way to a newer %s of its file, as soon as that begins", async (_, more, into) => {
      const fileId = newId();
      const older = await opened().begin(document(fileId), model);
      const newer = await opened().begin(document(fileId, more), into);
      expect(newer.id).not.toBe(older.id);
      const gone = "The file was deleted, or uploaded anew, while it was being stored. Nothing of this upload is kept.";
      await expect(opened().addChunks(older, [chunk(0)])).rejects.toThrow(gone);
      await expect(opened().finish(older)).rejects.toThrow(gone);
    });

    test("begun twice at once is one, and stored twice at once is there once", async () => {
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

    test("of one of two versions begun at once is kept", async () => {
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
    test("replaces it when it is finished, and not before", async () => {
      const fileId = newId();
      await put(fileId, ["old 1", "old 2"]);
      const draft = await opened().begin(document(fileId, { digest: "two", name: "new.txt" }), model);
      await opened().addChunks(draft, [chunk(0, { text: "new" })]);
      expect(await search(ada, [fileId])).toEqual(["old 1", "old 2"]);
      await opened().finish(draft);
      expect(await opened().chunksOf(ada, [fileId])).toMatchObject([{ text: "new", name: "new.txt", digest: "two" }]);
    });

    test("is seen whole by those who read in the middle", async () => {
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

    test("with another model takes the place of the one with the former", async () => {
      const fileId = newId();
      await put(fileId, ["three"]);
      await put(fileId, ["two"], {}, other);
      expect(await opened().modelsOf(ada, [fileId])).toEqual(new Map([[fileId, other]]));
      expect(await search(ada, [fileId])).toEqual([]);
      expect(await read(ada, [fileId])).toEqual(["two"]);
    });

    test("by another member of an entity replaces it, and then he is the one who uploaded it", async () => {
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

    test("by another user is a document of his own", async () => {
      const fileId = newId();
      await put(fileId, ["of ada"]);
      await put(fileId, ["of bob"], bob);
      expect(await read(ada, [fileId])).toEqual(["of ada"]);
      expect(await search(bob, [fileId])).toEqual(["of bob"]);
      expect(await opened().remove(bob, [fileId])).toEqual([fileId]);
      expect(await read(ada, [fileId])).toEqual(["of ada"]);
    });
  });

  describe("nobody finds another's file", () => {
    const strangers: readonly Caller[] = [
      bob,
      { user: "bob", entity: "ada" },
      { user: "bob", entity: "user:ada" },
      { user: "bob", entity: "" },
      { user: "bob", entity: "another agent" },
      { user: "", entity: "" },
      { user: "", entity: "ada" },
      { user: "ADA" },
      { user: "ada " },
      { user: "ad_" },
      { user: "%" },
      { user: "ada' or '1'='1" },
    ];

    test.each(strangers)("$user with the entity $entity, of a user", async (caller) => {
      const [fileId, draftId] = [newId(), newId()];
      await put(fileId, ["secret"]);
      const draft = await opened().begin(document(draftId), model);
      expect(await search(caller, [fileId, draftId])).toEqual([]);
      expect(await read(caller, [fileId, draftId])).toEqual([]);
      expect(await opened().modelsOf(caller, [fileId, draftId])).toEqual(new Map());
      expect(await opened().remove(caller, [fileId, draftId])).toEqual([]);
      expect(await search(ada, [fileId])).toEqual(["secret"]);
      await opened().addChunks(draft, [chunk(0)]);
    });

    test.each(strangers)("$user with the entity $entity, of an entity", async (caller) => {
      const fileId = newId();
      await put(fileId, ["secret"], { entity: "agent" });
      expect(await search(caller, [fileId])).toEqual([]);
      expect(await read(caller, [fileId])).toEqual([]);
      expect(await opened().modelsOf(caller, [fileId])).toEqual(new Map());
    });

    test.each<Caller>([
      ada,
      { user: "ada", entity: "another agent" },
      { user: "bob", entity: "agent" },
      { user: "ada", entity: "agent" },
    ])("$user with the entity $entity, who may", async (caller) => {
      const fileId = newId();
      await put(fileId, ["shared"], { entity: "agent" });
      expect(await search(caller, [fileId])).toEqual(["shared"]);
      expect(await read(caller, [fileId])).toEqual(["shared"]);
      expect((await opened().modelsOf(caller, [fileId])).size).toBe(1);
    });

    test("where a user has the id of an entity, or an entity that of a user", async () => {
      const fileId = newId();
      await put(fileId, ["of the user"], { user: "twin" });
      await put(fileId, ["of the entity"], { entity: "twin" });
      expect(await read({ user: "twin" }, [fileId])).toEqual(["of the user"]);
      expect(await read({ user: "bob", entity: "twin" }, [fileId])).toEqual(["of the entity"]);
    });
  });

  describe("a file that a caller has more than once", () => {
    test("is found once where the texts are the same", async () => {
      const fileId = newId();
      await put(fileId, ["same", "same", "other"]);
      await put(fileId, ["same", "same", "other"], { entity: "agent" });
      await put(fileId, ["same", "new"], { entity: "agent 2", digest: "two" });
      const texts = (await search({ user: "ada", entity: "agent" }, [fileId], [1, 0, 0], 4)).sort();
      expect(texts).toEqual(["new", "other", "same", "same"]);
      expect(await read({ user: "ada", entity: "agent" }, [fileId])).toEqual(["same", "same", "other", "new"]);
    });
  });

  describe("a deletion", () => {
    test("takes the caller's documents and drafts, and says which files were there", async () => {
      const [finished, begun, kept] = [newId(), newId(), newId()];
      await put(finished, ["text"]);
      await put(kept, ["text"]);
      const draft = await opened().begin(document(begun), model);
      expect((await opened().remove(ada, [finished, begun, "nothing"])).sort()).toEqual([finished, begun].sort());
      expect(await read(ada, [finished, begun, kept])).toEqual(["text"]);
      await expect(opened().addChunks(draft, [chunk(0)])).rejects.toThrow("was deleted");
      expect(await opened().remove(ada, [finished, begun])).toEqual([]);
    });

    test("of an entity's file is everybody's", async () => {
      const fileId = newId();
      await put(fileId, ["text"], { entity: "agent" });
      expect(await opened().remove(bob, [fileId])).toEqual([fileId]);
      expect(await read({ user: "ada", entity: "agent" }, [fileId])).toEqual([]);
    });

    test("of a file that is large leaves nothing of it", async () => {
      const fileId = newId();
      const texts = Array.from({ length: 1200 }, (_, position) => String(position));
      await put(fileId, texts);
      expect(await opened().remove(ada, [fileId])).toEqual([fileId]);
      await put(fileId, ["anew"]);
      expect(await read(ada, [fileId])).toEqual(["anew"]);
    });
  });

  describe("a vector", () => {
    test.each([
      ["with too few numbers", [1, 2], "A vector has 2 numbers, and test:three is stored with 3."],
      ["with too many numbers", [1, 2, 3, 4], "A vector has 4 numbers, and test:three is stored with 3."],
      ["with something else", [1, Number.NaN, 0], "A vector of test:three has something in it that is not a number"],
      [
        "with a number that is too large",
        [1, 1e39, 0],
        "A vector of test:three has something in it that is not a number",
      ],
    ])("%s is refused", async (_, vector, sentence) => {
      const draft = await opened().begin(document(newId()), model);
      await expect(opened().addChunks(draft, [chunk(0, { vector })])).rejects.toThrow(sentence);
      await expect(search(ada, ["any"], vector)).rejects.toThrow(sentence);
    });

    test("has 1 to 16,000 numbers", async () => {
      for (const dimensions of [0, 1.5, 16_001])
        await expect(opened().begin(document(newId()), { name: "test", dimensions })).rejects.toThrow(
          `The model test has vectors of ${dimensions} numbers. The store keeps 1 to 16000.`,
        );
    });

    test("of 3,072 numbers does not fit a page, and is found all the same", async () => {
      const wide: EmbeddingModel = { name: "test:wide", dimensions: 3072 };
      const fileId = newId();
      await put(fileId, ["wide"], {}, wide);
      const found = await opened().search({
        caller: ada,
        fileIds: [fileId],
        model: wide,
        vector: unit(wide),
        limit: 1,
      });
      expect(found).toMatchObject([{ text: "wide", distance: 0 }]);
    });

    test("of a model of which nothing is stored finds nothing", async () => {
      const unknown: EmbeddingModel = { name: "test:unknown", dimensions: 2 };
      expect(
        await opened().search({ caller: ada, fileIds: ["any"], model: unknown, vector: [1, 0], limit: 1 }),
      ).toEqual([]);
    });
  });

  test("documents of two models are there side by side", async () => {
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

  test("the store answers", async () => {
    await opened().check();
  });
}

/** A chunk of the model `test:three`. */
export function chunk(position: number, more: Partial<EmbeddedChunk> = {}): EmbeddedChunk {
  return { position, text: `text ${position}`, vector: [1, 0, 0], ...more };
}

function unit({ dimensions }: EmbeddingModel): number[] {
  return Array.from({ length: dimensions }, (_, index) => (index === 0 ? 1 : 0));
}
