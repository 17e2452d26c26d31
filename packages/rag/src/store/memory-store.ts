import { checkChunk, checkVector, draftIsGone } from "./add-chunks.ts";
import { checkDocument } from "./begin-draft.ts";
import { missingChunks } from "./finish-draft.ts";
import { isSameModel } from "./is-same-model.ts";
import { type ChunkRow, dropCopies, toStoredChunk } from "./read-chunks.ts";
import { storedText } from "./readable.ts";
import { noDirection } from "./search-chunks.ts";
import type { Caller, Draft, EmbeddedChunk, EmbeddingModel, NewDocument, Store } from "./store.ts";
import { checkModel } from "./take-model.ts";

interface Kept extends NewDocument {
  readonly id: number;
  readonly model: EmbeddingModel;
  readonly chunks: Map<number, EmbeddedChunk>;
  isFinished: boolean;
}

/** A store in memory, for trying a single file and for tests. It behaves like every other store. */
export function openMemoryStore(): Store {
  let kept: Kept[] = [];
  let lastId = 0;

  const readable = ({ user, entity }: Caller, fileIds: readonly string[]): Kept[] =>
    kept.filter(
      (one) =>
        one.isFinished && fileIds.includes(one.fileId) && (one.user === user || (one.entity && one.entity === entity)),
    );
  const keptAs = ({ id }: Draft): Kept => {
    const found = kept.find((one) => one.id === id);
    if (!found) throw new Error(draftIsGone);
    return found;
  };

  return {
    place: "memory",
    async begin(given, model) {
      checkDocument(given);
      checkModel(model);
      const document = { ...given, name: storedText(given.name) };
      const isSame = (one: Kept): boolean =>
        one.digest === document.digest && isSameModel(one.model, model) && one.chunkCount === document.chunkCount;
      const [own, others] = [
        kept.filter((one) => isOfOwner(one, document)),
        kept.filter((one) => !isOfOwner(one, document)),
      ];
      const before = own.find(isSame);
      const draft = { id: ++lastId, chunks: new Map(), isFinished: false, model, ...before, ...document };
      kept = [...others, ...own.filter((one) => one.isFinished && one !== before), draft];
      return {
        id: draft.id,
        isFinished: draft.isFinished,
        stored: new Set(draft.isFinished ? [] : draft.chunks.keys()),
      };
    },
    async addChunks(draft, chunks) {
      const { chunks: stored, model, chunkCount, isFinished } = keptAs(draft);
      if (isFinished) return;
      for (const chunk of chunks) checkChunk(chunk, chunkCount, model);
      for (const chunk of chunks)
        if (!stored.has(chunk.position)) stored.set(chunk.position, { ...chunk, text: storedText(chunk.text) });
    },
    async finish(draft) {
      const document = keptAs(draft);
      const { chunks, chunkCount, name } = document;
      if (chunks.size !== chunkCount) throw missingChunks(name, chunks.size, chunkCount);
      kept = kept.filter((one) => one === document || !isOfOwner(one, document));
      document.isFinished = true;
    },
    async search({ caller, fileIds, model, vector, limit }) {
      checkVector(vector, model);
      const rows = readable(caller, fileIds)
        .filter((document) => isSameModel(document.model, model))
        .flatMap((document) =>
          [...document.chunks.values()].map((chunk) => ({
            ...toRow(document, chunk),
            distance: cosineDistance(chunk.vector, vector),
          })),
        )
        .sort((one, two) => one.distance - two.distance);
      return dropCopies(rows)
        .slice(0, limit)
        .map((row) => ({ ...toStoredChunk(row), distance: row.distance }));
    },
    modelsOf: async (caller, fileIds) => new Map(readable(caller, fileIds).map(({ fileId, model }) => [fileId, model])),
    async countDocuments() {
      const counts = new Map<string, { model: EmbeddingModel; documents: number }>();
      for (const { model } of kept.filter(({ isFinished }) => isFinished)) {
        const key = JSON.stringify([model.name, model.dimensions]);
        counts.set(key, { model, documents: (counts.get(key)?.documents ?? 0) + 1 });
      }
      return [...counts.values()];
    },
    async chunksOf(caller, fileIds) {
      const rows = [...new Set(fileIds)].flatMap((fileId) =>
        readable(caller, [fileId]).flatMap((document) =>
          [...document.chunks.values()]
            .sort((one, two) => one.position - two.position)
            .map((chunk) => toRow(document, chunk)),
        ),
      );
      return dropCopies(rows).map(toStoredChunk);
    },
    async remove({ user }, fileIds) {
      const doomed = kept.filter((one) => fileIds.includes(one.fileId) && (one.entity || one.user === user));
      kept = kept.filter((one) => !doomed.includes(one));
      return [...new Set(doomed.map(({ fileId }) => fileId))];
    },
    check: async () => {},
    close: async () => void (kept = []),
  };
}

function isOfOwner(one: NewDocument, two: NewDocument): boolean {
  const isOfOne = one.entity || two.entity ? one.entity === two.entity : one.user === two.user;
  return isOfOne && one.fileId === two.fileId;
}

function toRow({ id, fileId, name, digest, user }: Kept, { position, text, page, overlap }: EmbeddedChunk): ChunkRow {
  return { document_id: id, file_id: fileId, name, digest, user_id: user, position, text, page: page ?? null, overlap };
}

function cosineDistance(one: readonly number[], two: readonly number[]): number {
  let [product, lengthOne, lengthTwo] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    product += one[at]! * two[at]!;
    lengthOne += one[at]! ** 2;
    lengthTwo += two[at]! ** 2;
  }
  const distance = 1 - product / Math.sqrt(lengthOne * lengthTwo);
  return Number.isNaN(distance) ? noDirection : distance;
}
