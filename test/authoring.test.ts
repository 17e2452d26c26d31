import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProviderFactory } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { record, runSuite } from "@llm-provider/testing";
import { afterAll, expect, test } from "vitest";
import { publishProblems } from "../packages/docs/src/index.ts";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/authoring.md"), "utf8");
const folder = join(root, ".tmp", `authoring-${process.pid}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The text of a section, with its subsections. */
const section = (title: string) => page.slice(page.indexOf(`\n## ${title}\n`)).split(/\n## /)[1]!;

test("the worked example passes the check, the suite and the publishing rules", async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "halden.ts"), /```ts\n([^]*?)```/.exec(section("A worked example"))![1]!);
  const { halden } = (await import(join(folder, "halden.ts"))) as { halden: ProviderFactory };
  expect(checkDefinition(halden.definition)).toEqual([]);
  expect(publishProblems(halden.definition)).toEqual([]);
  const cassettes = join(folder, "cassettes");
  const { ok } = await record(halden, { cassettes, live: false });
  expect(ok).toBe(true);
  const { checks } = await runSuite(halden, { cassettes });
  expect(checks.flatMap(({ failure }) => failure ?? [])).toEqual([]);
});

test("every number and field of the example is on the vendor's page", () => {
  const [vendor, code] = [
    /(^>.*\n)+/m.exec(section("A worked example"))![0],
    /```ts\n([^]*?)```/.exec(section("A worked example"))![1]!,
  ];
  for (const [value] of code.matchAll(/\b\d{2,3}_\d{3}\b|\b4\d\d\b|halden-\w+|logit_bias|temperature|"budget"/g)) {
    expect(vendor, value).toContain(value.replace("_", value.includes("logit") ? "_" : ",").replaceAll('"', ""));
  }
});

test("the table of error codes names codes that exist", () => {
  const source = readFileSync(join(root, "packages/core/src/chat/error-code.ts"), "utf8");
  const codes = section("Error codes")
    .match(/`[a-z]+(-[a-z]+)*`/g)!
    .map((code) => code.slice(1, -1));
  expect(codes.filter((code) => code !== "retry" && !source.includes(`"${code}"`))).toEqual([]);
});
