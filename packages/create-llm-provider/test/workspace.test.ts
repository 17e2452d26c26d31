import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { resources } from "../src/resources.ts";
import { registerInWorkspace } from "../src/write/register-in-workspace.ts";
import { readTree } from "../src/write/write-package.ts";
import { combinations } from "./combinations.ts";
import { emptyFolder, runMain, removeFolders } from "./run-bin.ts";

afterAll(removeFolders);

const oxfmt = fileURLToPath(new URL("../../../node_modules/.bin/oxfmt", import.meta.url));
const enough = ["acme", "--base-url", "https://api.acme.ai/v1", "--no-install"];

/** A repository like this one, with the files that the scaffolder reads. */
function repository(packages: readonly string[]): string {
  const root = emptyFolder();
  for (const name of [".changeset", "packages"]) mkdirSync(join(root, name));
  writeFileSync(join(root, "pnpm-lock.yaml"), "lockfileVersion: '9.0'\n");
  const references = packages.map((name) => ({ path: `packages/${name}` }));
  writeFileSync(join(root, ".oxfmtrc.json"), '{ "printWidth": 120 }\n');
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ files: [], references }, null, 2));
  execFileSync(oxfmt, [join(root, "tsconfig.json")], { cwd: root });
  return root;
}

test.each([["one"], ["many"]])(
  "a package in a repository of %s is registered with TypeScript and changesets, well formatted",
  async (size) => {
    const root = repository(
      size === "one" ? ["core"] : ["core", "testing", "deepseek", "mistral", "groq", "openrouter"],
    );
    const { code, out } = await runMain(enough, { folder: root, inWorkspace: true });
    expect(code, out).toBe(0);
    expect(out).toContain("\nOutside of it: .changeset/add-acme.md, tsconfig.json\n");
    expect(out).toContain("\nTo undo this\n  rm -r packages/acme .changeset/add-acme.md\n");
    const files = await readTree(root);
    const { references } = JSON.parse(files.get("tsconfig.json")!) as { references: { path: string }[] };
    expect(references.at(-1)).toEqual({ path: "packages/acme" });
    expect(files.get(".changeset/add-acme.md")).toBe('---\n"@llm-provider/acme": minor\n---\n\nAdd Acme.\n');
    expect([...files.keys()].filter((path) => /LICENSE|workflows|\.llm-provider\.json|AGENTS/.test(path))).toEqual([]);
    expect(JSON.parse(files.get("packages/acme/package.json")!)).toMatchObject({
      name: "@llm-provider/acme",
      dependencies: { "@llm-provider/core": "workspace:^" },
      "llm-provider": { provider: true, draft: true },
      repository: { directory: "packages/acme" },
    });
    execFileSync(oxfmt, ["--check", join(root, "tsconfig.json")], { cwd: root });
  },
);

test("an existing package is left alone, and so is everything else", async () => {
  const root = repository(["core"]);
  mkdirSync(join(root, "packages/acme"));
  writeFileSync(join(root, "packages/acme/mine.txt"), "mine");
  const before = [...(await readTree(root))];
  const { code, err } = await runMain(enough, { folder: root, inWorkspace: true });
  expect(err).toMatch(/packages\/acme is not empty\. Nothing was written\. Choose another id\.$/m);
  expect(code).toBe(3);
  expect([...(await readTree(root))]).toEqual(before);
});

test.each([["--dir", "x"], ["--pm", "npm"], ["--no-git"]])("%s is refused there", async (...flag) => {
  const root = repository(["core"]);
  const { code, err } = await runMain([...enough, ...flag], { folder: root, inWorkspace: true });
  expect(err).toMatch(/^In this repository a package goes to packages\/<id>.*\.$/m);
  expect(code).toBe(2);
});

test("undoing a registration restores every byte", async () => {
  const root = repository(["core"]);
  const before = [...(await readTree(root))];
  const { context } = combinations("provider").find(({ name }) => name === "in this repository")!;
  const undos: (() => Promise<void>)[] = [];
  await registerInWorkspace(root, context, resources().templates, (undo) => undos.push(undo));
  expect(readFileSync(join(root, "tsconfig.json"), "utf8")).toContain("packages/acme");
  for (const undo of undos) await undo();
  expect([...(await readTree(root))]).toEqual(before);
});
