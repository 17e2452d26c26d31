import { Pool, types, type PoolClient } from "pg";
import { vectorTypes, type Database, type Parameter, type Queries } from "./database.ts";
import { explainPostgres } from "./postgres-error.ts";

/** Milliseconds to reach the server. */
const connectTimeout = 10_000;

/** Connects to a PostgreSQL, and creates the pgvector extension if it is missing. */
export async function openPostgres(
  url: string,
  connections = 10,
  warn?: (sentence: string) => void,
): Promise<Database> {
  const place = placeOf(url);
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectTimeout,
    types: { getTypeParser },
  });
  // Without a listener, losing an idle connection would end the process. The pool reconnects when it needs to.
  pool.on("error", (error) => warn?.(explainPostgres(error, place).message));
  const queries = queriesOf(pool, place);
  try {
    await createExtension(queries, place);
    const [found] = await queries.query<{ element: number }>(vectorTypes);
    return {
      place,
      vectorType: found!.element,
      ...queries,
      transaction: (run) => transact(pool, place, run),
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Host, port and database of a URL. */
function placeOf(url: string): string {
  // The error that URL throws contains the password, hence canParse.
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol))
    throw new Error(
      "The URL of the database cannot be read. Write it as postgresql://user:password@host:5432/database, with special characters in the password escaped: %40 for @, %2F for / and so on.",
    );
  const { hostname, port, pathname } = parsed;
  return `PostgreSQL at ${hostname || "localhost"}:${port || 5432}${pathname}`;
}

async function transact<Result>(
  pool: Pool,
  place: string,
  run: (queries: Queries) => Promise<Result>,
): Promise<Result> {
  const client = await explained(place, () => pool.connect());
  const queries = queriesOf(client, place);
  let isBroken = false;
  try {
    await queries.query("begin");
    const result = await run(queries);
    await queries.query("commit");
    return result;
  } catch (error) {
    // If this fails, the connection is lost, and the server rolls back by itself.
    await client.query("rollback").catch(() => (isBroken = true));
    throw error;
  } finally {
    client.release(isBroken);
  }
}

function queriesOf(client: Pool | PoolClient, place: string): Queries {
  return {
    query: async <Row>(sql: string, parameters: readonly Parameter[] = []): Promise<Row[]> =>
      (await explained(place, () => client.query(sql, [...parameters]))).rows as Row[],
  };
}

async function explained<Result>(place: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explainPostgres(error, place);
  }
}

/** Reads a bigint as a number: ids and counts stay far below 2^53. */
const getTypeParser = ((...[type, format]: Parameters<typeof types.getTypeParser>) =>
  type === types.builtins.INT8 ? Number : types.getTypeParser(type, format)) as typeof types.getTypeParser;

/** The first release with everything that the store needs. */
const oldestVector = "0.5.0";

async function createExtension({ query }: Queries, place: string): Promise<void> {
  const find = "select extversion as version from pg_extension where extname = 'vector'";
  let [found] = await query<{ version: string }>(find);
  if (!found) {
    // If two programs start at the same time, one of them fails although the extension now exists.
    await query("create extension if not exists vector").catch(async (error: unknown) => {
      [found] = await query<{ version: string }>(find);
      if (!found) throw error;
    });
    [found] = await query<{ version: string }>(find);
  }
  if (found && isOlder(found.version, oldestVector))
    throw new Error(
      `${place} has pgvector ${found.version}, but ${oldestVector} or newer is needed. Install a newer version on the server, then run in this database: alter extension vector update;`,
    );
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}
