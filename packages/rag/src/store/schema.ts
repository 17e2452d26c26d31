import type { Database } from "./database.ts";

/** Increase it with every change that an older program would not understand. */
const schemaVersion = 1;

/**
 * Creates the missing tables. `takeModel` creates the table of a model's chunks.
 * @throws Error if a newer program created the tables.
 */
export async function createSchema({ transaction, place }: Database): Promise<void> {
  await transaction(async ({ query }) => {
    // Without the lock, "if not exists" fails when two programs start at the same time.
    await query("select pg_advisory_xact_lock(hashtext('rag_meta'))");
    for (const statement of statements) await query(statement);
    const [meta] = await query<{ version: number }>("select version from rag_meta");
    if (meta!.version > schemaVersion)
      throw new Error(
        `The tables in ${place} have version ${meta!.version}, but this program only knows version ${schemaVersion}. Update the program, or choose another folder or database.`,
      );
  });
}

const statements = [
  "create table if not exists rag_meta (id int primary key check (id = 1), version int not null)",
  `insert into rag_meta values (1, ${schemaVersion}) on conflict do nothing`,
  `create table if not exists rag_models (
    id int generated always as identity primary key,
    name text not null,
    dimensions int not null,
    unique (name, dimensions)
  )`,
  // The owner is "user:…" or "entity:…". A new upload of a file replaces the same owner's earlier one.
  `create table if not exists rag_documents (
    id bigint generated always as identity primary key,
    owner text not null,
    file_id text not null,
    user_id text not null,
    entity_id text,
    model_id int not null references rag_models,
    name text not null,
    digest text not null,
    chunk_count int not null,
    is_finished boolean not null default false,
    unique (owner, file_id, model_id, digest)
  )`,
  "create index if not exists rag_documents_file_id on rag_documents (file_id)",
];
