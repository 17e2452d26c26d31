import type { Database } from "./database.ts";
import { readable, readers } from "./readable.ts";
import type { Caller, StoredChunk } from "./store.ts";
import { chunkTable } from "./take-model.ts";

/** All chunks of the files that the caller may read, in the order of the given ids and of the text. */
export async function readChunks(
  database: Database,
  caller: Caller,
  fileIds: readonly string[],
): Promise<StoredChunk[]> {
  const parameters = readers(caller, fileIds);
  const rows = await database.transaction(async ({ query }) => {
    // A snapshot: a document that another upload replaces in between is still read whole.
    await query("set transaction isolation level repeatable read");
    const documents = await query<
      Omit<ChunkRow, "document_id" | "position" | "page" | "overlap" | "text"> & { id: number; model_id: number }
    >(
      `select id, model_id, file_id, name, digest, user_id from rag_documents where ${readable} order by array_position($3, file_id), id`,
      parameters,
    );
    const found: ChunkRow[] = [];
    for (const { id, model_id: modelId, ...document } of documents) {
      const chunks = await query<Omit<ChunkRow, "document_id">>(
        `select position, page, overlap, text from ${chunkTable(modelId)} where document_id = $1 order by position`,
        [id],
      );
      for (const chunk of chunks) found.push({ ...document, ...chunk, document_id: id });
    }
    return found;
  });
  return dropCopies(rows).map(toStoredChunk);
}

/** A chunk joined with its document. */
export interface ChunkRow {
  readonly document_id: number;
  readonly file_id: string;
  readonly name: string;
  readonly digest: string;
  readonly user_id: string;
  readonly position: number;
  readonly page: number | null;
  readonly overlap: number;
  readonly text: string;
}

/** Drops the texts that an earlier document of the same file also contains. Repetitions within one document are kept. */
export function dropCopies<Row extends ChunkRow>(rows: readonly Row[]): Row[] {
  const seen = new Map<string, number>();
  return rows.filter(({ file_id: fileId, text, document_id: document }) => {
    const key = JSON.stringify([fileId, text]);
    if (!seen.has(key)) seen.set(key, document);
    return seen.get(key) === document;
  });
}

export function toStoredChunk({
  file_id: fileId,
  name,
  digest,
  user_id: user,
  position,
  text,
  page,
  overlap,
}: ChunkRow): StoredChunk {
  return { fileId, name, digest, user, position, text, overlap, ...(page !== null && { page }) };
}
