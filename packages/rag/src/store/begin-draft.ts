import type { Database } from "./database.ts";
import { isText, storedText } from "./readable.ts";
import type { Draft, EmbeddingModel, NewDocument } from "./store.ts";
import { chunkTable, takeModel } from "./take-model.ts";

/** Finds the document, finished or not, or creates a draft. Outdated drafts of the same file are deleted. */
export async function beginDraft(database: Database, document: NewDocument, model: EmbeddingModel): Promise<Draft> {
  checkDocument(document);
  const { fileId, user, name, digest, chunkCount } = document;
  const entity = document.entity || null;
  const owner = entity === null ? `user:${user}` : `entity:${entity}`;
  const modelId = await takeModel(database, model);
  return database.transaction(async ({ query }) => {
    await query(
      `delete from rag_documents where owner = $1 and file_id = $2 and not is_finished
        and (model_id <> $3 or digest <> $4 or chunk_count <> $5)`,
      [owner, fileId, modelId, digest, chunkCount],
    );
    const [draft] = await query<{ id: number; is_finished: boolean }>(
      `insert into rag_documents (owner, file_id, user_id, entity_id, model_id, name, digest, chunk_count)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (owner, file_id, model_id, digest) do update set user_id = excluded.user_id, name = excluded.name
        returning id, is_finished`,
      [owner, fileId, user, entity, modelId, storedText(name), digest, chunkCount],
    );
    const { id, is_finished: isFinished } = draft!;
    if (isFinished) return { id, isFinished, stored: new Set<number>() };
    const rows = await query<{ position: number }>(
      `select position from ${chunkTable(modelId)} where document_id = $1`,
      [id],
    );
    return { id, isFinished, stored: new Set(rows.map(({ position }) => position)) };
  });
}

/** The most bytes of each id: a row of a PostgreSQL index has at most 2,700 bytes for all of its columns together. */
const mostBytes = { "file id": 1000, user: 500, entity: 500, digest: 500 } as const;

/** @throws Error if a document cannot be stored. */
export function checkDocument({ fileId, user, entity, digest, chunkCount }: NewDocument): void {
  for (const [name, value] of Object.entries({ "file id": fileId, user, digest, entity: entity || undefined })) {
    if (value === undefined) continue;
    const most = mostBytes[name as keyof typeof mostBytes];
    if (value === "") throw new Error(`A document cannot be stored without a ${name}.`);
    if (!isText(value))
      throw new Error(`The ${name} cannot be stored, since it contains characters that are not text.`);
    if (Buffer.byteLength(value) > most)
      throw new Error(`The ${name} cannot be stored, since it is longer than ${most} bytes.`);
  }
  if (!Number.isInteger(chunkCount) || chunkCount < 0) throw new Error(`A document cannot have ${chunkCount} chunks.`);
}
