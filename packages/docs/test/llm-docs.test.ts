import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

// SECURITY.md, "Files": a file that a person names must be a regular file, and a read-only one is not written.
const root = join(import.meta.dirname, "../../..");
const bin = join(root, "packages/docs/src/bin/llm-docs.ts");
let folder: string;
beforeEach(() => {
  // Inside the repository, so that the copied package finds its dependencies.
  mkdirSync(join(root, ".tmp"), { recursive: true });
  folder = mkdtempSync(join(root, ".tmp", "llm-docs-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function llmDocs(): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--conditions=source", bin], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, text: stdout + stderr };
}

test("a folder without a package is an error that says what to name", () => {
  const { status, text } = llmDocs();
  expect([status, text]).toEqual([
    2,
    expect.stringMatching(/^error There is no file .*package\.json\. Name the folder/),
  ]);
});

test("a stale README is updated, a read-only one is not written, and a folder in its place is refused", () => {
  for (const name of ["src", "package.json", "README.md"])
    cpSync(join(root, "packages/groq", name), join(folder, name), { recursive: true });
  const readme = join(folder, "README.md");
  const current = readFileSync(readme, "utf8");
  const stale = current.replace(/(<!-- generated: facts -->\n)[^]*?(<!-- \/generated -->)/, "$1$2");
  expect(stale).not.toBe(current);

  writeFileSync(readme, stale);
  chmodSync(readme, 0o444);
  expect(llmDocs()).toEqual({ status: 1, text: expect.stringContaining("is read-only") });
  expect(readFileSync(readme, "utf8")).toBe(stale);

  chmodSync(readme, 0o644);
  expect(llmDocs()).toEqual({ status: 0, text: "README.md is written.\n" });
  expect(readFileSync(readme, "utf8")).toBe(current);

  rmSync(readme);
  mkdirSync(readme);
  expect(llmDocs()).toEqual({ status: 2, text: expect.stringContaining("is a folder") });
});
