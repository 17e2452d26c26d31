import { describe, expect, test } from "vitest";
import type { EmbeddingModel, Store } from "../../src/store/store.ts";
import { ada, chunk, model, tryStore, unit } from "./try-store.ts";

/** Tests of the vectors that a store accepts. */
export function describeVectors(opened: () => Store): void {
  const { newId, document, put, search } = tryStore(opened);

  describe("a vector", () => {
    test.each([
      ["with too few numbers", [1, 2], "A vector has 2 numbers, but the stored vectors of test:three have 3."],
      ["with too many numbers", [1, 2, 3, 4], "A vector has 4 numbers, but the stored vectors of test:three have 3."],
      ["with NaN", [1, Number.NaN, 0], "A vector of test:three contains a value that is not a number"],
      ["with a number that is too large", [1, 1e39, 0], "A vector of test:three contains a value that is not a number"],
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

    test("of 3,072 numbers is found, although it does not fit a page of PostgreSQL", async () => {
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

    test("of a model without stored documents finds nothing", async () => {
      const unknown: EmbeddingModel = { name: "test:unknown", dimensions: 2 };
      expect(
        await opened().search({ caller: ada, fileIds: ["any"], model: unknown, vector: [1, 0], limit: 1 }),
      ).toEqual([]);
    });
  });
}
