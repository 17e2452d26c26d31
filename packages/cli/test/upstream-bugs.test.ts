import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "docs/librechat-upstream-bugs.md"), "utf8");
const blocks = [...page.matchAll(/^### (.+)\n[\s\S]*?(?=^##)/gm)].flatMap(([section, title]) =>
  [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => [title!, code!] as const),
);
// Inside the package, so that Node finds its dependencies.
mkdirSync(join(root, "packages/cli/.tmp"), { recursive: true });
const folder = mkdtempSync(join(root, "packages/cli/.tmp", "bugs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("has a reproduction for each request bug", () => {
  expect(blocks.length).toBeGreaterThanOrEqual(5);
});

it.each(blocks)("reproduces: %s", async (title, code) => {
  const file = join(folder, `${title.replaceAll(/\W+/g, "-")}.ts`);
  writeFileSync(file, code);
  await import(pathToFileURL(file).href);
});
