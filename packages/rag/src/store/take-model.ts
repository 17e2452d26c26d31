import type { Database, Queries } from "./database.ts";
import type { EmbeddingModel } from "./store.ts";

/** The most numbers that pgvector allows in a vector. */
const mostDimensions = 16_000;

/** The id of a model. For a new model, a table for its chunks is created. */
export async function takeModel(database: Database, model: EmbeddingModel): Promise<number> {
  checkModel(model);
  const { name, dimensions } = model;
  const known = await findModel(database, model);
  if (known !== undefined) return known;
  return database.transaction(async (inside) => {
    await inside.query("select pg_advisory_xact_lock(hashtext('rag_models'))");
    await inside.query("insert into rag_models (name, dimensions) values ($1, $2) on conflict do nothing", [
      name,
      dimensions,
    ]);
    const id = (await findModel(inside, model))!;
    await inside.query(`create table if not exists ${chunkTable(id)} (
      document_id bigint not null references rag_documents on delete cascade,
      position int not null,
      page int,
      overlap int not null,
      text text not null,
      embedding vector(${dimensions}) not null,
      primary key (document_id, position)
    )`);
    // By default pgvector stores vectors apart from their rows, which makes the scan in search-chunks.ts three times as slow.
    await inside.query(`alter table ${chunkTable(id)} alter embedding set storage main`);
    return id;
  });
}

/** The id of a model that has a table. */
export async function findModel({ query }: Queries, { name, dimensions }: EmbeddingModel): Promise<number | undefined> {
  const find = "select id from rag_models where name = $1 and dimensions = $2";
  const [known] = await query<{ id: number }>(find, [name, dimensions]);
  return known?.id;
}

/** @throws Error if no table can be created for the model. */
export function checkModel({ name, dimensions }: EmbeddingModel): void {
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > mostDimensions)
    throw new Error(`The model ${name} has vectors of ${dimensions} numbers. The store keeps 1 to ${mostDimensions}.`);
}

/** The table of a model's chunks. */
export function chunkTable(modelId: number): string {
  return `rag_chunks_${modelId}`;
}
