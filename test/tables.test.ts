import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { pagesWithTables } from "../scripts/write-tables.ts";

const root = join(import.meta.dirname, "..");

test("the tables of the READMEs match the definitions", async () => {
  const pages = await pagesWithTables();
  expect(pages.length).toBeGreaterThan(7);
  for (const { path, text } of pages) {
    expect(readFileSync(path, "utf8"), `${relative(root, path)}: run \`pnpm tables\`.`).toBe(text);
  }
});
