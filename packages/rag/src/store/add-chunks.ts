import type { Database } from "./database.ts";
import { encodeVectors } from "./encode-vectors.ts";
import { storedText } from "./readable.ts";
import type { Draft, EmbeddedChunk, EmbeddingModel } from "./store.ts";
import { chunkTable } from "./take-model.ts";

/** Rows of one insert statement. Larger batches are not faster and need more memory. */
const batchSize = 100;

/** Stores chunks of a draft: all of them, or none if one is invalid. */
export async function addChunks(database: Database, draft: Draft, chunks: readonly EmbeddedChunk[]): Promise<void> {
  if (chunks.length === 0) return;
  await database.transaction(async ({ query }) => {
    // The lock keeps a newer upload from deleting the draft in the meantime.
    const [target] = await query<Target>(
      `select d.model_id, d.chunk_count, d.is_finished, m.name as model, m.dimensions
        from rag_documents d join rag_models m on m.id = d.model_id where d.id = $1 for key share of d`,
      [draft.id],
    );
    if (!target) throw new Error(draftIsGone);
    // Another upload of the same file has already finished this draft.
    if (target.is_finished) return;
    const model = { name: target.model, dimensions: target.dimensions };
    for (const chunk of chunks) checkChunk(chunk, target.chunk_count, model);
    for (let start = 0; start < chunks.length; start += batchSize) {
      const batch = chunks.slice(start, start + batchSize);
      await query(
        `insert into ${chunkTable(target.model_id)} (document_id, position, page, overlap, text, embedding)
          select $1, position, page, overlap, text, embedding
          from unnest($2::int[], $3::int[], $4::int[], $5::text[], $6::vector[]) as chunk (position, page, overlap, text, embedding)
          on conflict do nothing`,
        [
          draft.id,
          batch.map(({ position }) => position),
          batch.map(({ page }) => page ?? null),
          batch.map(({ overlap }) => overlap),
          batch.map(({ text }) => storedText(text)),
          encodeVectors(
            batch.map(({ vector }) => vector),
            database.vectorType,
          ),
        ],
      );
    }
  });
}

/** The message for a draft that no longer exists. */
export const draftIsGone =
  "The file was deleted, or uploaded again, while it was being stored. Nothing of this upload is kept.";

interface Target {
  readonly model_id: number;
  readonly chunk_count: number;
  readonly is_finished: boolean;
  readonly model: string;
  readonly dimensions: number;
}

/** @throws Error if a chunk does not belong to the document. */
export function checkChunk({ position, vector }: EmbeddedChunk, count: number, model: EmbeddingModel): void {
  if (!Number.isInteger(position) || position < 0 || position >= count)
    throw new Error(`A chunk has the position ${position}, but its document has the positions 0 to ${count - 1}.`);
  checkVector(vector, model);
}

/** @throws Error if a vector cannot be one of the model. */
export function checkVector(vector: readonly number[], model: EmbeddingModel): void {
  if (vector.length !== model.dimensions)
    throw new Error(
      `A vector has ${vector.length} numbers, but the stored vectors of ${model.name} have ${model.dimensions}. Upload the files again after changing the embedding model.`,
    );
  if (!vector.every((number) => Number.isFinite(Math.fround(number))))
    throw new Error(`A vector of ${model.name} contains a value that is not a number, or a number that is too large.`);
}
