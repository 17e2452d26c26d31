import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ProviderFactory, ToolFactory } from "@llm-provider/core";
import { describeProvider, describeTool } from "@llm-provider/testing/vitest";
import { afterAll, describe } from "vitest";
import { resources } from "../src/resources.ts";
import { writePackage } from "../src/write/write-package.ts";
import { combinations } from "./combinations.ts";

// Runs the contract suite of fresh packages: the written definition with the cassettes recorded for it.
const folder = fileURLToPath(new URL(`../.tmp/contract-${process.pid}/`, import.meta.url));
const tried = ["only the two required answers", "no key", "a method", "everything"];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const template of ["provider", "tool"] as const) {
  for (const { name, context } of combinations(template).filter((row) => tried.includes(row.name))) {
    const at = join(folder, template, name.replaceAll(" ", "-"));
    await writePackage(at, context, resources());
    const exported = (await import(join(at, "src/index.ts"))) as { [name: string]: unknown };
    const factory = exported[context.exportName];
    const cassettes = join(at, "test/cassettes");
    describe(`${template}: ${name}`, () => {
      if (context.isTool) describeTool(factory as ToolFactory<unknown, unknown>, { cassettes });
      else describeProvider(factory as ProviderFactory, { cassettes });
    });
  }
}
