import { randomUUID } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { describeStore } from "./store-suite.ts";
import { model } from "./try-store.ts";

// RAG_TEST_POSTGRES is the URL of a PostgreSQL with pgvector whose user may create databases. Without it, PGlite speaks the protocol, over
// a single connection, since its connections share their prepared statements.
const given = process.env["RAG_TEST_POSTGRES"];

describe(given === undefined ? "PGlite, as PostgreSQL" : "PostgreSQL", () => {
  let server: Server;
  let store: Store;
  beforeAll(async () => {
    server = await (given === undefined ? startPglite() : createDatabase(given));
    store = await openStore(server);
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await server.stop();
  });
  describeStore(() => store);

  test("is named without its password", () => {
    expect(store.place).toBe(`PostgreSQL at ${new URL(server.url).host}${new URL(server.url).pathname}`);
  });

  test.runIf(given)("can be opened for the first time by several programs at once", async () => {
    const empty = await createDatabase(given!);
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(empty)));
    const documents = ["a", "b"].map((fileId) => ({ user: "ada", fileId, name: "a", digest: "one", chunkCount: 0 }));
    const drafts = await Promise.all(stores.map((each, index) => each.begin(documents[index % 2]!, model)));
    expect(new Set(drafts.map(({ id }) => id)).size).toBe(2);
    await Promise.all(stores.map((each) => each.close()));
    await empty.stop();
  });

  test.runIf(given)("reconnects when its connections are lost, and warns without showing the password", async () => {
    const warnings: string[] = [];
    const own = await openStore({ ...server, warn: (sentence) => warnings.push(sentence) });
    await server.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await vi.waitFor(() => expect(warnings).toContain(`${own.place} is starting or stopping. Try again in a moment.`));
    await own.check();
    await own.close();
  });

  test("cannot be opened if pgvector is too old", async () => {
    const set = (version: string): Promise<void> =>
      server.run(`update pg_extension set extversion = '${version}' where extname = 'vector'`);
    await set("0.4.4");
    await expect(openStore(server)).rejects.toThrow(
      `${store.place} has pgvector 0.4.4, but 0.5.0 or newer is needed. Install a newer version on the server, then run in this database: alter extension vector update;`,
    );
    await set("0.10.0");
    await (await openStore(server)).close();
  });

  test("cannot be opened if a newer program created the tables", async () => {
    await server.run("update rag_meta set version = 2");
    await expect(openStore(server)).rejects.toThrow(
      `The tables in ${store.place} have version 2, but this program only knows version 1. Update the program, or choose another folder or database.`,
    );
    await server.run("update rag_meta set version = 1");
  });
});

interface Server {
  readonly url: string;
  readonly connections: number;
  run(sql: string): Promise<void>;
  stop(): Promise<void>;
}

async function startPglite(): Promise<Server> {
  const pglite = await PGlite.create({ extensions: { vector } });
  const port = await freePort();
  const server = new PGLiteSocketServer({ db: pglite, port, maxConnections: 5 });
  await server.start();
  return {
    url: `postgresql://postgres:secret@127.0.0.1:${port}/postgres`,
    connections: 1,
    run: async (sql) => void (await pglite.exec(sql)),
    stop: async () => {
      await server.stop();
      await pglite.close();
    },
  };
}

async function createDatabase(at: string): Promise<Server> {
  const name = `rag_test_${randomUUID().replaceAll("-", "")}`;
  const url = Object.assign(new URL(at), { pathname: `/${name}` }).href;
  const runAt = async (where: string, sql: string): Promise<void> => {
    const client = new Client({ connectionString: where });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await runAt(at, `create database ${name}`);
  return {
    url,
    connections: 5,
    run: (sql) => runAt(url, sql),
    stop: () => runAt(at, `drop database ${name}`),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
