import { addChunks } from "./add-chunks.ts";
import { beginDraft } from "./begin-draft.ts";
import type { Database } from "./database.ts";
import { finishDraft } from "./finish-draft.ts";
import { readChunks } from "./read-chunks.ts";
import { isText, readable, readers } from "./readable.ts";
import { createSchema } from "./schema.ts";
import { searchChunks } from "./search-chunks.ts";
import type { Caller, EmbeddingModel, Store } from "./store.ts";

/** A store in a PostgreSQL. Missing tables are created. */
export async function createSqlStore(database: Database): Promise<Store> {
  await createSchema(database);
  return {
    place: database.place,
    begin: (document, model) => beginDraft(database, document, model),
    addChunks: (draft, chunks) => addChunks(database, draft, chunks),
    finish: (draft) => finishDraft(database, draft),
    search: (search) => searchChunks(database, search),
    modelsOf: (caller, fileIds) => modelsOf(database, caller, fileIds),
    countDocuments: () => countDocuments(database),
    chunksOf: (caller, fileIds) => readChunks(database, caller, fileIds),
    remove: (caller, fileIds) => remove(database, caller, fileIds),
    check: async () => void (await database.query("select 1")),
    close: () => database.close(),
  };
}

async function modelsOf(
  { query }: Database,
  caller: Caller,
  fileIds: readonly string[],
): Promise<Map<string, EmbeddingModel>> {
  const rows = await query<EmbeddingModel & { file_id: string }>(
    `select file_id, m.name, m.dimensions from rag_documents d join rag_models m on m.id = model_id
      where ${readable} order by d.id`,
    readers(caller, fileIds),
  );
  return new Map(rows.map(({ file_id: fileId, name, dimensions }) => [fileId, { name, dimensions }]));
}

async function countDocuments({ query }: Database): Promise<{ model: EmbeddingModel; documents: number }[]> {
  const rows = await query<EmbeddingModel & { documents: number }>(
    `select m.name, m.dimensions, count(*) as documents from rag_documents d join rag_models m on m.id = model_id
      where is_finished group by m.id order by m.id`,
  );
  return rows.map(({ documents, ...model }) => ({ model, documents }));
}

async function remove(
  { query, noteDeleted }: Database,
  { user }: Caller,
  fileIds: readonly string[],
): Promise<string[]> {
  const rows = await query<{ file_id: string; chunk_count: number }>(
    `with doomed as (
        select id from rag_documents where file_id = any($1::text[]) and (user_id = $2 or entity_id is not null) order by id for update
      )
      delete from rag_documents where id in (select id from doomed) returning file_id, chunk_count`,
    [fileIds.filter(isText), isText(user) ? user : ""],
  );
  await noteDeleted?.(rows.reduce((sum, { chunk_count: count }) => sum + count, 0));
  return [...new Set(rows.map(({ file_id: fileId }) => fileId))];
}
