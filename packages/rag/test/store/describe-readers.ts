import { describe, expect, test } from "vitest";
import type { Caller, Store } from "../../src/store/store.ts";
import { ada, bob, chunk, model, tryStore } from "./try-store.ts";

/** Tests of who may read and delete what. */
export function describeReaders(opened: () => Store): void {
  const { newId, document, put, search, read } = tryStore(opened);

  describe("access to files", () => {
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

    test.each(strangers)("user '$user' with the entity '$entity' does not find another user's file", async (caller) => {
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

    test.each(strangers)(
      "user '$user' with the entity '$entity' does not find another entity's file",
      async (caller) => {
        const fileId = newId();
        await put(fileId, ["secret"], { entity: "agent" });
        expect(await search(caller, [fileId])).toEqual([]);
        expect(await read(caller, [fileId])).toEqual([]);
        expect(await opened().modelsOf(caller, [fileId])).toEqual(new Map());
      },
    );

    test.each<Caller>([
      ada,
      { user: "ada", entity: "another agent" },
      { user: "bob", entity: "agent" },
      { user: "ada", entity: "agent" },
    ])("user '$user' with the entity '$entity' finds ada's upload for the entity 'agent'", async (caller) => {
      const fileId = newId();
      await put(fileId, ["shared"], { entity: "agent" });
      expect(await search(caller, [fileId])).toEqual(["shared"]);
      expect(await read(caller, [fileId])).toEqual(["shared"]);
      expect((await opened().modelsOf(caller, [fileId])).size).toBe(1);
    });

    test("a user and an entity with the same id do not find each other's files", async () => {
      const fileId = newId();
      await put(fileId, ["of the user"], { user: "twin" });
      await put(fileId, ["of the entity"], { entity: "twin" });
      expect(await read({ user: "twin" }, [fileId])).toEqual(["of the user"]);
      expect(await read({ user: "bob", entity: "twin" }, [fileId])).toEqual(["of the entity"]);
    });
  });

  describe("a file that is stored more than once", () => {
    test("is found without the copies of its texts", async () => {
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
    test("removes the caller's documents and drafts, and returns the ids of the deleted files", async () => {
      const [finished, begun, kept] = [newId(), newId(), newId()];
      await put(finished, ["text"]);
      await put(kept, ["text"]);
      const draft = await opened().begin(document(begun), model);
      expect((await opened().remove(ada, [finished, begun, "nothing"])).sort()).toEqual([finished, begun].sort());
      expect(await read(ada, [finished, begun, kept])).toEqual(["text"]);
      await expect(opened().addChunks(draft, [chunk(0)])).rejects.toThrow("was deleted");
      expect(await opened().remove(ada, [finished, begun])).toEqual([]);
    });

    test("of an entity's file is allowed for every user", async () => {
      const fileId = newId();
      await put(fileId, ["text"], { entity: "agent" });
      expect(await opened().remove(bob, [fileId])).toEqual([fileId]);
      expect(await read({ user: "ada", entity: "agent" }, [fileId])).toEqual([]);
    });

    test("of a large file leaves nothing behind", async () => {
      const fileId = newId();
      const texts = Array.from({ length: 1200 }, (_, position) => String(position));
      await put(fileId, texts);
      expect(await opened().remove(ada, [fileId])).toEqual([fileId]);
      await put(fileId, ["anew"]);
      expect(await read(ada, [fileId])).toEqual(["anew"]);
    });
  });
}
