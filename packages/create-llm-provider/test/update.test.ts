import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resources } from "../src/resources.ts";
import { hash, manifestName } from "../src/write/manifest.ts";
import { writePackage } from "../src/write/write-package.ts";
import { combinations } from "./combinations.ts";
import { runMain } from "./run-bin.ts";

const { context } = combinations("provider").find(({ name }) => name === "everything")!;
const folder = join(mkdtempSync(join(tmpdir(), "create-llm-provider-")), "acme");
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));
const at = (path: string) => join(folder, path);
const check = async (words: string[] = []) => runMain(["check", folder, ...words], { folder });

beforeAll(() => writePackage(folder, context, resources()));

describe("check", () => {
  test("a package as it was made differs in nothing", async () => {
    const { code, out } = await check();
    expect(out).toMatch(/^(\d+) of \1 files are as create-llm-provider \d+\.\d+\.\d+ would write them\.$/m);
    expect(code).toBe(0);
  });

  test("tells an edited file from one that this version would write otherwise, and from a missing one", async () => {
    const manifest = JSON.parse(readFileSync(at(manifestName), "utf8")) as {
      version: string;
      files: { [path: string]: string };
    };
    // As an older version would have left it: another text, and the manifest agrees with that.
    const older = { "src/index.ts": "// older\n", LICENSE: "older\n" };
    for (const [path, text] of Object.entries(older)) {
      writeFileSync(at(path), text);
      manifest.files[path] = hash(text);
    }
    writeFileSync(at("LICENSE"), "mine\n");
    writeFileSync(at("README.md"), "mine\n");
    rmSync(at("AGENTS.md"));
    writeFileSync(at(manifestName), JSON.stringify({ ...manifest, version: "0.0.9" }));
    const { code, out } = await check(["--json"]);
    const told = JSON.parse(out) as { files: { path: string; state: string }[] };
    const state = (path: string) => told.files.find((file) => file.path === path)?.state;
    expect(told).toMatchObject({ ok: false, writtenBy: "0.0.9" });
    expect(["README.md", "src/index.ts", "LICENSE", "AGENTS.md", "package.json"].map(state)).toEqual([
      "edited",
      "outdated",
      "both",
      "missing",
      "same",
    ]);
    expect(code).toBe(1);
    expect((await check()).out).toMatch(/^README\.md +edited since/m);
  });

  test.each([
    ["no JSON", () => "{"],
    ["an id that is a path", (text: string) => text.replace(/"id": ?"acme"/, '"id":"../../x"')],
    ["no answers", () => '{"version":"0.1.0","files":{}}'],
  ])("a manifest with %s is refused", async (_name, damage) => {
    const text = readFileSync(at(manifestName), "utf8");
    writeFileSync(at(manifestName), damage(text));
    const { code, err } = await check();
    writeFileSync(at(manifestName), text);
    expect(err).toMatch(/\.llm-provider\.json is damaged\. Take it back from git\.$/m);
    expect(code).toBe(2);
  });
});
