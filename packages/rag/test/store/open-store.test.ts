import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { openStore, type StoreOptions } from "../../src/store/open-store.ts";

async function failure(options: StoreOptions): Promise<Error> {
  return openStore(options).then(
    () => expect.unreachable(),
    (error: unknown) => error as Error,
  );
}

test.each([
  "postgresql://ada:s3cret/@db:5432/docs",
  "postgresql://ada:s3cret@db:port/docs",
  "mysql://ada:s3cret@db/docs",
  "redis://:s3cret@db",
  "s3cret",
  "",
])("the invalid database URL '%s' is refused without repeating its password", async (url) => {
  const error = await failure({ url });
  expect(error.message).toMatch(
    /^The URL of the database cannot be read\. Write it as postgresql:\/\/user:password@host:5432\/database,/,
  );
  expect(inspect(error)).not.toContain("s3cret");
});

test.each(["postgres", "postgresql"])(
  "an unreachable database of the scheme %s is named without its user and password",
  async (scheme) => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await failure({ url: `${scheme}://ada:s3cret@127.0.0.1:${port}/docs?application_name=s3cret` });
    expect(error.message).toBe(
      `PostgreSQL at 127.0.0.1:${port}/docs cannot be reached. Start it, or correct host and port in the URL.`,
    );
    expect(inspect(error)).not.toMatch(/s3cret|ada/);
  },
);

test("a folder that cannot be created is an error that says what to do", async () => {
  const parent = mkdtempSync(join(tmpdir(), "rag-open-"));
  const file = join(parent, "file");
  writeFileSync(file, "");
  for (const folder of [file, join(file, "below")])
    expect((await failure({ folder })).message).toMatch(
      /file.* cannot be written \((EEXIST|ENOTDIR)\)\. Give this user write access, or choose another folder\.$/,
    );
  rmSync(parent, { recursive: true });
});

test("a folder together with a URL is refused", async () => {
  const error = await failure({ folder: "docs", url: "postgresql://db/docs" });
  expect(error.message).toBe("The documents are kept in a folder, or in the database of a URL. Give one of the two.");
});
