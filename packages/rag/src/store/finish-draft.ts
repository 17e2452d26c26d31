import { draftIsGone } from "./add-chunks.ts";
import type { Database } from "./database.ts";
import type { Draft } from "./store.ts";
import { chunkTable } from "./take-model.ts";

/**
 * Finishes a draft, which replaces the document that its owner stored under the same file id.
 * @throws Error if a chunk is missing or the draft has been deleted.
 */
export async function finishDraft(database: Database, draft: Draft): Promise<void> {
  const [found] = await database.query<Found>(
    "select owner, file_id, name, model_id, chunk_count from rag_documents where id = $1",
    [draft.id],
  );
  if (!found) throw new Error(draftIsGone);
  const { owner, file_id: fileId } = found;
  const deleted = await database.transaction(async ({ query }) => {
    // If two versions finish at the same time, the first deletes the second. All transactions, `remove` included, lock the rows in the
    // order of their ids, so they cannot deadlock.
    const rows = await query<{ id: number; is_finished: boolean }>(
      "select id, is_finished from rag_documents where owner = $1 and file_id = $2 order by id for update",
      [owner, fileId],
    );
    const own = rows.find(({ id }) => id === draft.id);
    if (!own) throw new Error(draftIsGone);
    if (own.is_finished) return 0;
    const [{ stored } = { stored: 0 }] = await query<{ stored: number }>(
      `select count(*) as stored from ${chunkTable(found.model_id)} where document_id = $1`,
      [draft.id],
    );
    if (stored !== found.chunk_count) throw missingChunks(found.name, stored, found.chunk_count);
    const replaced = await query<{ chunk_count: number }>(
      "delete from rag_documents where owner = $1 and file_id = $2 and id <> $3 returning chunk_count",
      [owner, fileId, draft.id],
    );
    await query("update rag_documents set is_finished = true where id = $1", [draft.id]);
    return replaced.reduce((sum, { chunk_count: count }) => sum + count, 0);
  });
  await database.noteDeleted?.(deleted);
}

/** Why a draft cannot be finished. */
export function missingChunks(name: string, stored: number, count: number): Error {
  return new Error(
    `${name} is incomplete: ${stored} of ${count} chunks are stored. Upload it again to add the missing ones.`,
  );
}

interface Found {
  readonly owner: string;
  readonly file_id: string;
  readonly name: string;
  readonly model_id: number;
  readonly chunk_count: number;
}
