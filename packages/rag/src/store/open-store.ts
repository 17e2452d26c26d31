import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Database } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";
import { createSqlStore } from "./sql-store.ts";
import type { Store } from "./store.ts";

/** Where the documents are kept. */
export interface StoreOptions {
  /** A folder for PGlite. It is created where it is not there yet. @default in memory, until the process ends */
  readonly folder?: string | undefined;
  /** `postgresql://user:password@host:5432/database`, of a PostgreSQL with pgvector, instead of a folder. */
  readonly url?: string | undefined;
  /** Connections to the database of the URL, at most. @default 10 */
  readonly connections?: number | undefined;
  /** Called when a connection is lost. @default says nothing */
  readonly warn?: ((sentence: string) => void) | undefined;
}

/**
 * Opens the store of documents.
 * @throws Error where it cannot be opened, with what to do. No message has the password of the URL in it.
 */
export async function openStore(options: StoreOptions = {}): Promise<Store> {
  const { folder, url } = options;
  if (folder !== undefined && url !== undefined)
    throw new Error("The documents are kept in a folder, or in the database of a URL. Give one of the two.");
  const database = await openDatabase(options);
  try {
    return await createSqlStore(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

// Either database is loaded when it is needed: PGlite has megabytes.
async function openDatabase({ folder, url, connections, warn }: StoreOptions): Promise<Database> {
  if (url !== undefined) return (await import("./postgres-database.ts")).openPostgres(url, connections, warn);
  if (folder !== undefined) return openFolder(folder);
  return (await import("./pglite-database.ts")).openPglite("PGlite in memory");
}

async function openFolder(folder: string): Promise<Database> {
  const unlock = takeFolder(folder);
  try {
    const { openPglite } = await import("./pglite-database.ts");
    const data = join(resolve(folder), "pglite");
    const creating = join(resolve(folder), "creating");
    // A process was killed while it created the database: nothing is in it.
    if (existsSync(creating)) rmSync(data, { recursive: true, force: true });
    if (!existsSync(data)) writeFileSync(creating, "");
    const database = await openPglite(`PGlite in ${folder}`, data);
    rmSync(creating, { force: true });
    return {
      ...database,
      close: async () => {
        await database.close().finally(unlock);
      },
    };
  } catch (error) {
    unlock();
    throw new Error(
      `The database in ${folder} cannot be opened: ${messageOf(error)}. Restore the folder from a copy, or move it away and upload the files anew.`,
      { cause: error },
    );
  }
}

function takeFolder(folder: string): () => void {
  try {
    // Texts of everybody are in it.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return lockFolder(resolve(folder));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(
      `The folder ${folder} cannot be written (${code}). Let this user write there, or choose another folder.`,
      { cause: error },
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
