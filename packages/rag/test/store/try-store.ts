import type { Caller, Draft, EmbeddedChunk, EmbeddingModel, NewDocument, Store } from "../../src/store/store.ts";

export const model: EmbeddingModel = { name: "test:three", dimensions: 3 };
export const other: EmbeddingModel = { name: "test:two", dimensions: 2 };
export const ada: Caller = { user: "ada" };
export const bob: Caller = { user: "bob" };

interface Trial {
  /** A file id that no other test uses. */
  newId(): string;
  /** A document of ada. */
  document(fileId: string, more?: Partial<NewDocument>): NewDocument;
  /** Stores a document with one chunk for each text. */
  put(fileId: string, texts: readonly string[], more?: Partial<NewDocument>, into?: EmbeddingModel): Promise<Draft>;
  /** The texts that a search returns. */
  search(caller: Caller, fileIds: readonly string[], vector?: readonly number[], limit?: number): Promise<string[]>;
  /** The texts that `chunksOf` returns. */
  read(caller: Caller, fileIds: readonly string[]): Promise<string[]>;
}

let count = 0;

/** Helpers for the tests of a store. */
export function tryStore(opened: () => Store): Trial {
  const document: Trial["document"] = (fileId, more) => ({
    ...ada,
    fileId,
    name: `${fileId}.txt`,
    digest: "one",
    chunkCount: 1,
    ...more,
  });
  return {
    newId: () => `file-${++count}`,
    document,
    put: async (fileId, texts, more, into = model) => {
      const draft = await opened().begin(document(fileId, { chunkCount: texts.length, ...more }), into);
      const chunks = texts.map((text, position) => chunk(position, { text, vector: unit(into) }));
      await opened().addChunks(draft, chunks);
      await opened().finish(draft);
      return draft;
    },
    search: async (caller, fileIds, vector = [1, 0, 0], limit = 10) =>
      (await opened().search({ caller, fileIds, model, vector, limit })).map(({ text }) => text),
    read: async (caller, fileIds) => (await opened().chunksOf(caller, fileIds)).map(({ text }) => text),
  };
}

/** A chunk of the model `test:three`. */
export function chunk(position: number, more: Partial<EmbeddedChunk> = {}): EmbeddedChunk {
  return { position, overlap: 0, text: `text ${position}`, vector: [1, 0, 0], ...more };
}

/** A vector of the model's length: one, then zeros. */
export function unit({ dimensions }: EmbeddingModel): number[] {
  return Array.from({ length: dimensions }, (_, index) => (index === 0 ? 1 : 0));
}
