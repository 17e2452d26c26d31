import { checkVector } from "./add-chunks.ts";
import type { Database } from "./database.ts";
import { encodeVectors } from "./encode-vectors.ts";
import { dropCopies, toStoredChunk, type ChunkRow } from "./read-chunks.ts";
import { readable, readers } from "./readable.ts";
import type { FoundChunk, Search } from "./store.ts";
import { chunkTable, findModel } from "./take-model.ts";

/**
 * The nearest chunks. The question is compared with every chunk of the files, so none is overlooked: 19 ms for 10,000 chunks of 768
 * numbers in PGlite; brute force in JavaScript took 7 ms. pgvector's HNSW index is not used: it took 33 s to build for 24,000 chunks, and
 * found only a third of a small file's nearest chunks, since it searches all files (2026-11-29, bench/rag.md).
 */
export async function searchChunks(
  { query, vectorType }: Database,
  { caller, fileIds, model, vector, limit }: Search,
): Promise<FoundChunk[]> {
  checkVector(vector, model);
  const known = await findModel({ query }, model);
  if (known === undefined || limit < 1 || fileIds.length === 0) return [];
  // A file may be stored more than once, for the caller and for an entity, and its copies fill up places among the nearest. The limit
  // is therefore multiplied, and the copies are dropped below: comparing all texts in SQL takes six times as long as the search.
  const rows = await query<ChunkRow & { distance: number }>(
    `with documents as materialized (
        select id, file_id, name, digest, user_id from rag_documents where ${readable} and model_id = $4
      ), nearest as (
        select document_id, position, page, overlap, text, embedding <=> ($5::vector[])[1] as distance
        from ${chunkTable(known)} where document_id = any(array(select id from documents))
        order by distance
        limit $6::int * (select coalesce(max(copies), 1) from (select count(*) as copies from documents group by file_id) as counted)
      )
      select * from nearest join documents on id = document_id order by distance, document_id, position`,
    [...readers(caller, fileIds), known, encodeVectors([vector], vectorType), Math.floor(limit)],
  );
  return dropCopies(rows)
    .slice(0, limit)
    .map((row) => ({ ...toStoredChunk(row), distance: Number.isNaN(row.distance) ? noDirection : row.distance }));
}

/** The distance to a vector of zeros, for which the cosine is undefined. */
export const noDirection = 1;
