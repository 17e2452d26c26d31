import type { Database } from "./database.ts";
import { encodeVectors } from "./encode-vectors.ts";
import { storedText } from "./readable.ts";
import type { Draft, EmbeddedChunk, EmbeddingModel } from "./store.ts";
import { chunkTable } from "./take-model.ts";

/** Rows of an insertion. More at once are no faster, and take memory. */
const batchSize = 100;

/** Stores chunks of a draft, all or none of them. */
export async function addChunks(database: Database, draft: Draft, chunks: readonly EmbeddedChunk[]): Promise<void> {
  if (chunks.length === 0) return;
  await database.transaction(async ({ query }) => {
    // The lock keeps a newer upload from deleting the draft in the middle.
    const [target] = await query<Target>(
      `select d.model_id, d.chunk_count, d.is_finished, m.name as model, m.dimensions
        from rag_documents d join rag_models m on m.id = d.model_id where d.id = $1 for key share of d`,
      [draft.id],
    );
    if (!target) throw new Error(draftIsGone);
    // Whoever stored the same file at the same time has been faster.
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

/** Why nothing more can be done with a draft. */
export const draftIsGone =
  "The file was deleted, or uploaded anew, while it was being stored. Nothing of this upload is kept.";

interface Target {
  readonly model_id: number;
  readonly chunk_count: number;
  readonly is_finished: boolean;
  readonly model: string;
  readonly dimensions: number;
}

/** @throws Error where a chunk is not one of the document. */
export function checkChunk({ position, vector }: EmbeddedChunk, count: number, model: EmbeddingModel): void {
  if (!Number.isInteger(position) || position < 0 || position >= count)
    throw new Error(`A chunk has the position ${position}, and its document has the positions 0 to ${count - 1}.`);
  checkVector(vector, model);
}

/** @throws Error where a vector is not one of the model. */
export function checkVector(vector: readonly number[], model: EmbeddingModel): void {
  if (vector.length !== model.dimensions)
    throw new Error(
      `A vector has ${vector.length} numbers, and ${model.name} is stored with ${model.dimensions}. Upload the files anew after a change of the embedding model.`,
    );
  if (!vector.every((number) => Number.isFinite(Math.fround(number))))
    throw new Error(`A vector of ${model.name} has something in it that is not a number, or too large a one.`);
}
