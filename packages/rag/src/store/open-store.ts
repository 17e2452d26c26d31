import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Database } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";
import { createSqlStore } from "./sql-store.ts";
import type { Store } from "./store.ts";

/** Where the documents are kept. */
export interface StoreOptions {
  /** A folder for PGlite, which is created if it does not exist. @default in memory, until the process ends */
  readonly folder?: string | undefined;
  /** Instead of a folder, a PostgreSQL with pgvector: `postgresql://user:password@host:5432/database`. */
  readonly url?: string | undefined;
  /** The most connections to that PostgreSQL. @default 10 */
  readonly connections?: number | undefined;
  /** Called when an idle connection is lost. @default not called */
  readonly warn?: ((sentence: string) => void) | undefined;
}

/**
 * Opens the store of documents.
 * @throws Error that says what to do if the store cannot be opened. No message contains the password of the URL.
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

// Each database is imported only when it is needed: PGlite has several megabytes.
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
    // A process was killed while it created the database, which is therefore empty.
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
      `The database in ${folder} cannot be opened: ${messageOf(error)}. Restore the folder from a copy, or move it away and upload the files again.`,
      { cause: error },
    );
  }
}

function takeFolder(folder: string): () => void {
  try {
    // Only this user may read the folder: it contains the texts of all users.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return lockFolder(resolve(folder));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(
      `The folder ${folder} cannot be written (${code}). Give this user write access, or choose another folder.`,
      { cause: error },
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
