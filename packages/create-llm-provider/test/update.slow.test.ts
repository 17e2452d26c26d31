import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ProviderFactory } from "@llm-provider/core";
import { toSubject, updateReadme } from "@llm-provider/docs";
import { record, runSuite } from "@llm-provider/testing";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type Resources, resources } from "../src/resources.ts";
import { hash, manifestName } from "../src/write/manifest.ts";
import { readTree, writePackage } from "../src/write/write-package.ts";
import { combinations } from "./combinations.ts";
import { frozenPackage, writeNpm, writeTree } from "./frozen-package.ts";
import { runMain } from "./run-bin.ts";

// Inside this package, so that updated packages find the workspace's packages.
const home = fileURLToPath(new URL(`../.tmp/update-${process.pid}/`, import.meta.url));
mkdirSync(home, { recursive: true });
const tools = mkdtempSync(join(tmpdir(), "create-llm-provider-"));
writeNpm(tools);
afterAll(() => [home, tools].forEach((made) => rmSync(made, { recursive: true, force: true })));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(home, "acme-"));
});
const at = (path: string) => join(folder, path);
const read = (path: string) => readFileSync(at(path), "utf8");
const edit = (path: string, change: (text: string) => string) => writeFileSync(at(path), change(read(path)));

type Told = { ok: boolean; files: { path: string; state?: string; action?: string; target?: string; diff?: string }[] };
async function run(
  words: string[],
  carried: Partial<Resources> = {},
): Promise<{ code: number | null; out: string; err: string; told: Told }> {
  const environment = { PATH: `${tools}${delimiter}${process.env["PATH"]}` };
  const { code, out, err } = await runMain([...words, folder, "--json"], { folder, environment, resources: carried });
  return { code, out, err, told: (out ? JSON.parse(out) : undefined) as Told };
}
const actions = ({ files }: Told) => Object.fromEntries(files.map(({ path, action }) => [path, action]));
const states = ({ files }: Told) => Object.fromEntries(files.map(({ path, state }) => [path, state]));

/** The templates of a later version. */
function laterVersion(version: string, change: (text: string, path: string) => string): Partial<Resources> {
  const { templates, versions } = resources();
  const shared = Object.entries(templates.package).map(([path, text]) => [path, change(text, path)] as const);
  return {
    templates: { ...templates, package: Object.fromEntries(shared) },
    versions: { ...versions, "create-llm-provider": version },
  };
}

describe("check", () => {
  const { context } = combinations("provider").find(({ name }) => name === "everything")!;

  test("finds no difference in a fresh package", async () => {
    await writePackage(join(folder, "made"), context, resources());
    const { code, out } = await runMain(["check", join(folder, "made")], { folder });
    expect(out).toMatch(/^(\d+) of \1 files are what create-llm-provider \d+\.\d+\.\d+ would write\.$/m);
    expect(code).toBe(0);
  });

  // Issue 19: files that only the author changed or removed are the author's; then check exits with 0.
  test("distinguishes the author's changes from files that this version would write differently, and shows the diff", async () => {
    writeTree(folder, frozenPackage);
    expect((await run(["update"])).code).toBe(0);
    edit("README.md", (text) => `${text}\nMine.\n`);
    rmSync(at("CLAUDE.md"));
    const own = await run(["check", "--diff"]);
    expect(states(own.told)).toMatchObject({ "README.md": "edited", "CLAUDE.md": "removed", "package.json": "same" });
    expect(own.code).toBe(0);

    // As an older version would have left it: another text, with a matching manifest.
    const manifest = JSON.parse(read(manifestName)) as { version: string; files: { [path: string]: string } };
    for (const path of ["src/index.ts", "LICENSE"]) {
      writeFileSync(at(path), "older\n");
      manifest.files[path] = hash("older\n");
    }
    writeFileSync(at("LICENSE"), "mine\n");
    delete manifest.files["AGENTS.md"];
    rmSync(at("AGENTS.md"));
    writeFileSync(at(manifestName), JSON.stringify({ ...manifest, version: "0.0.9" }));
    const { code, told, err } = await run(["check", "--diff"]);
    expect(told).toMatchObject({ ok: false, writtenBy: "0.0.9" });
    expect(states(told)).toMatchObject({ "src/index.ts": "outdated", LICENSE: "both", "AGENTS.md": "new" });
    expect(told.files.find(({ path }) => path === "src/index.ts")!.diff).toMatch(/^-older$[^]*^\+export \{ acme \}/m);
    expect(err).toContain("+export { acme }");
    expect(code).toBe(1);
  });

  test.each([
    ["no JSON", () => "{"],
    ["an id that is a path", (text: string) => text.replace(/"id": ?"acme"/, '"id":"../../x"')],
    ["a version that is a command", (text: string) => text.replace('"0.0.1"', '"0.0.1 --registry=http://x"')],
    ["no answers", () => '{"version":"0.1.0","files":{}}'],
  ])("refuses a manifest with %s, and so does update", async (_name, damage) => {
    writeTree(folder, frozenPackage);
    edit(manifestName, damage);
    const before = [...(await readTree(folder))];
    for (const command of ["check", "update"]) {
      const { code, err } = await run([command]);
      expect(err).toMatch(/\.llm-provider\.json is damaged\. Restore it from git\.$/m);
      expect(code).toBe(2);
    }
    expect([...(await readTree(folder))]).toEqual(before);
  });
});

describe("update", () => {
  test("updates a package of the first version without a conflict, and its tests pass", async () => {
    writeTree(folder, frozenPackage);
    const { code, told } = await run(["update"]);
    expect(code).toBe(0);
    expect(actions(told)).toMatchObject({
      "src/models.ts": "replaced",
      "package.json": "replaced",
      "test/docs.test.ts": "added",
    });
    expect((await run(["check"])).code).toBe(0);

    const { acme } = (await import(at("src/index.ts"))) as { acme: ProviderFactory };
    // The printed next line; it needs no key.
    await record(acme, { cassettes: at("test/cassettes"), live: false });
    const { checks } = await runSuite(acme, { cassettes: at("test/cassettes") });
    expect(checks.flatMap(({ failure }) => failure ?? [])).toEqual([]);
    expect(updateReadme(read("README.md"), toSubject(acme, { packageName: "llm-provider-acme" }))).toBe(
      read("README.md"),
    );
  });

  test("keeps the author's edits through two template changes, and does nothing in a second run", async () => {
    writeTree(folder, frozenPackage);
    edit("package.json", (text) => text.replace('"version": "0.0.0"', '"version": "1.4.0"'));
    edit("src/acme.ts", (text) => text.replace("\n});", '\n  metadata: ["acme_cost"],\n});'));
    writeFileSync(at("src/own.ts"), "export const own = 1;\n");
    rmSync(at(".changeset/first-release.md"));
    const first = await run(["update"]);
    expect(first.code).toBe(0);
    expect(actions(first.told)).toMatchObject({ "package.json": "merged", "src/acme.ts": "merged" });
    expect(read("src/acme.ts")).toMatch(/dialect: chatCompletions\(\)[^]*metadata: \["acme_cost"\]/);
    expect(JSON.parse(read("package.json"))).toMatchObject({
      version: "1.4.0",
      scripts: { docs: "llm-docs" },
      devDependencies: { "@llm-provider/docs": expect.any(String) },
    });
    expect(existsSync(at(".changeset/first-release.md"))).toBe(false);
    expect(read("src/own.ts")).toBe("export const own = 1;\n");
    const once = [...(await readTree(folder))];
    expect((await run(["update"])).told.files).toEqual([]);
    expect([...(await readTree(folder))]).toEqual(once);

    const later = laterVersion("0.2.0", (text, path) =>
      path === "package.json.hbs" ? text.replace('"types": "tsc"\n', '"types": "tsc --pretty"\n') : text,
    );
    const second = await run(["update"], later);
    expect(second.code).toBe(0);
    expect(actions(second.told)).toEqual({ "package.json": "merged" });
    expect(JSON.parse(read("package.json"))).toMatchObject({ version: "1.4.0", scripts: { types: "tsc --pretty" } });
    expect((await run(["check"], later)).code).toBe(0);
    expect((await run(["update"], later)).told.files).toEqual([]);
  });

  test("marks conflicts in the same place, and exits with 1", async () => {
    writeTree(folder, frozenPackage);
    await run(["update"]);
    edit("AGENTS.md", (text) => text.replace("No key in any file.", "No key anywhere."));
    const later = laterVersion("0.2.0", (text, path) =>
      path === "AGENTS.md.hbs" ? text.replace("No key in any file.", "No key in a file, ever.") : text,
    );
    const dry = await run(["update", "--dry-run"], later);
    expect(dry.code).toBe(1);
    expect(read("AGENTS.md")).not.toContain("<<<<<<<");
    const { code, told, err } = await run(["update"], later);
    expect(code).toBe(1);
    expect(actions(told)).toEqual({ "AGENTS.md": "conflict" });
    expect(err).toMatch(/^AGENTS\.md: merged with conflicts: look for <<<<<<< \(1 place\)$/m);
    expect(read("AGENTS.md")).toMatch(
      /<<<<<<< yours[^]*No key anywhere\.[^]*=======[^]*ever\.[^]*>>>>>>> create-llm-provider 0\.2\.0/,
    );
    expect((await run(["update"], later)).told.files).toEqual([]);
  });

  test("writes a file beside an edited one if the old version is unavailable", async () => {
    writeTree(folder, frozenPackage);
    edit(manifestName, (text) => text.replace('"0.0.1"', '"9.0.0"'));
    edit("README.md", (text) => `${text}Mine.\n`);
    const { code, told } = await run(["update"]);
    expect(code).toBe(1);
    expect(actions(told)).toMatchObject({ "README.md": "beside", "package.json": "replaced" });
    expect(read("README.md")).toMatch(/Mine\.\n$/);
    expect(read("README.md.new")).toContain("<!-- generated: facts -->");
    expect((await run(["update"])).told.files).toEqual([]);
  });

  test("does not treat an edit in a generated part of the README as a conflict", async () => {
    writeTree(folder, frozenPackage);
    await run(["update"]);
    edit("README.md", (text) => text.replace("| `example-model` (small)", "| `acme-1` (small)"));
    const { templates, versions } = resources();
    const { "README.md.hbs": page, ...others } = templates["provider/shared"];
    const later = {
      versions: { ...versions, "create-llm-provider": "0.2.0" },
      templates: {
        ...templates,
        "provider/shared": { ...others, "README.md.hbs": page!.replace("## Facts", "## What is known") },
      },
    };
    expect(actions((await run(["update"], later)).told)).toEqual({ "README.md": "merged" });
    expect(read("README.md")).toMatch(/## What is known[^]*`acme-1` \(small\)/);
  });

  test("never writes through a link, and deletes nothing outside", async () => {
    writeTree(folder, frozenPackage);
    const outside = mkdtempSync(join(home, "outside-"));
    writeFileSync(join(outside, "victim"), "victim");
    edit(manifestName, (text) =>
      text.replace('"files": {', `"files": {\n "../${outside.split("/").at(-1)}/victim": "${hash("victim")}",`),
    );
    expect((await run(["update"])).code).toBe(0);
    expect(existsSync(join(outside, "victim"))).toBe(true);

    rmSync(at("src"), { recursive: true });
    symlinkSync(outside, at("src"));
    const { code, err } = await run(["update"]);
    expect(err).toMatch(/^src is a link, or not a folder\. Nothing was changed; put a folder in its place\.$/m);
    expect(code).toBe(1);
  });

  test.each([
    ["a link", () => symlinkSync(at("package.json"), at("README.md")), /^README\.md is a link\./m],
    ["a folder", () => mkdirSync(at("README.md")), /^README\.md is a folder\./m],
    ["not UTF-8", () => writeFileSync(at("README.md"), Buffer.from([0xff, 0xfe])), /^README\.md is not UTF-8\./m],
  ])("refuses a file that is %s, and changes no other file", async (_what, replace, sentence) => {
    writeTree(folder, frozenPackage);
    rmSync(at("README.md"));
    replace();
    const { code, err } = await run(["update"]);
    expect(err).toMatch(sentence);
    expect(code).toBe(2);
    expect(read("package.json")).toBe(frozenPackage.get("package.json"));
  });
});
