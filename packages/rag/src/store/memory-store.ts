import { draftIsGone } from "./add-chunks.ts";
import type { Caller, Draft, EmbeddedChunk, EmbeddingModel, NewDocument, Store, StoredChunk } from "./store.ts";

interface Kept extends NewDocument {
  readonly model: EmbeddingModel;
  readonly chunks: Map<number, EmbeddedChunk>;
  isFinished: boolean;
}

/** A store that ends with the program, for one file at a time and for tests. It compares with every chunk. */
export function openMemoryStore(): Store {
  const kept = new Map<number, Kept>();
  let lastId = 0;

  const finished = (): Kept[] => [...kept.values()].filter(({ isFinished }) => isFinished);
  const readable = (caller: Caller, fileIds: readonly string[]): Kept[] =>
    finished().filter((document) => fileIds.includes(document.fileId) && mayRead(caller, document));
  const keptAs = (draft: Draft): Kept => {
    const document = kept.get(draft.id);
    if (!document) throw new Error(draftIsGone);
    return document;
  };

  return {
    place: "memory",
    async begin(document, model) {
      const isSame = (one: Kept): boolean =>
        ownerOf(one) === ownerOf(document) && one.digest === document.digest && isSameModel(one.model, model);
      const [id, before] = [...kept].find(([, one]) => isSame(one)) ?? [++lastId, undefined];
      for (const [other, one] of kept)
        if (other !== id && !one.isFinished && ownerOf(one) === ownerOf(document)) kept.delete(other);
      // Of an agent's file, the last one who uploaded it counts as its owner.
      kept.set(id, {
        ...(before ?? { ...document, model, chunks: new Map(), isFinished: false }),
        user: document.user,
      });
      return { id, isFinished: before?.isFinished ?? false, stored: new Set(before?.chunks.keys()) };
    },
    async addChunks(draft, chunks) {
      const { chunks: stored } = keptAs(draft);
      for (const chunk of chunks) if (!stored.has(chunk.position)) stored.set(chunk.position, chunk);
    },
    async finish(draft) {
      const document = keptAs(draft);
      if (document.chunks.size !== document.chunkCount)
        throw new Error(`${document.name} has ${document.chunkCount} chunks, and ${document.chunks.size} are stored.`);
      for (const [id, one] of kept) if (id !== draft.id && ownerOf(one) === ownerOf(document)) kept.delete(id);
      document.isFinished = true;
    },
    async search({ caller, fileIds, model, vector, limit }) {
      return readable(caller, fileIds)
        .filter((document) => isSameModel(document.model, model))
        .flatMap((document) =>
          [...document.chunks.values()].map((chunk) => ({
            ...toStored(document, chunk),
            distance: cosineDistance(chunk.vector, vector),
          })),
        )
        .sort((one, two) => one.distance - two.distance)
        .slice(0, limit);
    },
    async modelsOf(caller, fileIds) {
      return new Map(readable(caller, fileIds).map(({ fileId, model }) => [fileId, model]));
    },
    async countDocuments() {
      const counts = new Map<string, { model: EmbeddingModel; documents: number }>();
      for (const { model } of finished()) {
        const key = `${model.name} ${model.dimensions}`;
        counts.set(key, { model, documents: (counts.get(key)?.documents ?? 0) + 1 });
      }
      return [...counts.values()];
    },
    async chunksOf(caller, fileIds) {
      return fileIds.flatMap((fileId) =>
        readable(caller, [fileId]).flatMap((document) =>
          [...document.chunks.values()]
            .sort((one, two) => one.position - two.position)
            .map((chunk) => toStored(document, chunk)),
        ),
      );
    },
    async remove(caller, fileIds) {
      const removed = [...kept].filter(
        ([, { fileId, user, entity }]) => fileIds.includes(fileId) && (entity !== undefined || user === caller.user),
      );
      for (const [id] of removed) kept.delete(id);
      return [...new Set(removed.filter(([, { isFinished }]) => isFinished).map(([, { fileId }]) => fileId))];
    },
    check: async () => {},
    close: async () => kept.clear(),
  };
}

function ownerOf({ user, entity, fileId }: NewDocument): string {
  return JSON.stringify([entity === undefined ? { user } : { entity }, fileId]);
}

function mayRead(caller: Caller, { user, entity }: Caller): boolean {
  return user === caller.user || (entity !== undefined && entity === caller.entity);
}

function isSameModel(one: EmbeddingModel, two: EmbeddingModel): boolean {
  return one.name === two.name && one.dimensions === two.dimensions;
}

function toStored({ fileId, name, digest, user }: Kept, { position, text, page, overlap }: EmbeddedChunk): StoredChunk {
  return { fileId, name, digest, user, position, text, page, overlap };
}

function cosineDistance(one: readonly number[], two: readonly number[]): number {
  let [product, lengthOne, lengthTwo] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    product += one[at]! * two[at]!;
    lengthOne += one[at]! ** 2;
    lengthTwo += two[at]! ** 2;
  }
  return 1 - product / Math.sqrt(lengthOne * lengthTwo);
}
