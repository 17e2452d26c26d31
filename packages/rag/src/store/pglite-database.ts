import { PGlite, type Transaction } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import type { Database, Parameter, Queries } from "./database.ts";

/** Opens a PGlite, and creates it where it is not there yet, which takes seconds. @param folder @default in memory */
export async function openPglite(place: string, folder?: string): Promise<Database> {
  // A commit is written before its promise resolves. PGlite does not wait for the disk itself: a killed process loses nothing,
  // while a power cut may.
  const pglite = await PGlite.create({
    ...(folder !== undefined && { dataDir: folder }),
    extensions: { vector },
    relaxedDurability: false,
  });
  await pglite.exec("create extension if not exists vector");
  return {
    place,
    ...queriesOf(pglite),
    transaction: (run) => pglite.transaction((inside) => run(queriesOf(inside))),
    close: () => pglite.close(),
  };
}

function queriesOf(pglite: PGlite | Transaction): Queries {
  return {
    query: async <Row>(sql: string, parameters: readonly Parameter[] = []): Promise<Row[]> =>
      (await pglite.query<Row>(sql, [...parameters])).rows,
  };
}
