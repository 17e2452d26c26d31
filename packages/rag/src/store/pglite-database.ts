import { PGlite, type Transaction } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { vectorTypes, type Database, type Parameter, type Queries } from "./database.ts";

/** Transactions between two checkpoints. A checkpoint takes 0.1 s; without any, the write-ahead log only grows. */
const transactionsToCheckpoint = 200;

/** Deleted rows between two vacuums. PGlite has no autovacuum. */
const rowsToVacuum = 1000;

/**
 * Opens a PGlite database. Creating it the first time takes seconds.
 * @param folder @default in memory
 */
export async function openPglite(place: string, folder?: string): Promise<Database> {
  // A commit is written to the files before its promise resolves, so a killed process loses nothing. PGlite does not wait for the
  // disk (fsync is off), so a power cut may lose the latest commits.
  const pglite = await PGlite.create({
    ...(folder !== undefined && { dataDir: folder }),
    extensions: { vector },
    relaxedDurability: false,
  });
  await pglite.exec("create extension if not exists vector");
  const queries = queriesOf(pglite);
  const [types] = await queries.query<{ element: number; list: number }>(vectorTypes);
  const { element: vectorType, list } = types!;
  pglite.serializers[list] = (bytes: unknown) => bytes as string;
  let transactions = 0;
  let deleted = 0;
  return {
    place,
    vectorType,
    ...queries,
    transaction: async (run) => {
      const result = await pglite.transaction((inside) => run(queriesOf(inside)));
      if (++transactions % transactionsToCheckpoint === 0) await pglite.exec("checkpoint");
      return result;
    },
    noteDeleted: async (rows) => {
      deleted += rows;
      if (deleted < rowsToVacuum) return;
      deleted = 0;
      await pglite.exec("vacuum");
    },
    close: () => pglite.close(),
  };
}

function queriesOf(pglite: PGlite | Transaction): Queries {
  return {
    query: async <Row>(sql: string, parameters: readonly Parameter[] = []): Promise<Row[]> =>
      (await pglite.query<Row>(sql, [...parameters])).rows,
  };
}
