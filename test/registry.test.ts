import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { providers, tools } from "../packages/cli/src/providers.generated.ts";
import { packagesWhere } from "../scripts/packages-where.ts";
import { registryFiles } from "../scripts/write-registry.ts";
import { ownPackages, ownProviders } from "./own-packages.ts";

const root = join(import.meta.dirname, "..");
const stale = (at: string): string[] =>
  registryFiles(at)
    .filter(({ path, text }) => !sameContent(path, text))
    .map(({ path }) => relative(at, path));

/** Ignores whitespace, because the formatter may break lines elsewhere. */
function sameContent(path: string, text: string): boolean {
  return readFileSync(path, "utf8").replaceAll(/\s+/g, "") === text.replaceAll(/\s+/g, "");
}

test("the registry names exactly the existing adapters", () => {
  expect(stale(root), "Run `npx -y pnpm@12.21.0 run registry`, then install.").toEqual([]);
});

test("every package that exports a provider is marked as an adapter", async () => {
  const found: string[] = [];
  for (const path of globSync("packages/*/src/index.ts", { cwd: root }).sort()) {
    const module = (await import(join(root, path))) as Record<
      string,
      { definition?: { dialect?: object } } | undefined
    >;
    if (Object.values(module).some((value) => value?.definition?.dialect)) found.push(path.split("/")[1]!);
  }
  expect(found).toEqual(Object.keys(providers));
  // Loading every package is slow on a busy machine.
}, 30_000);

test("each adapter's id is the name of its folder", async () => {
  for (const [id, load] of Object.entries(providers)) expect((await load()).definition.id).toBe(id);
});

test("each tool of the registry matches its definition and its block for LibreChat", async () => {
  const serpapi = await import("../packages/serpapi/src/index.ts");
  const weaviate = await import("../packages/weaviate/src/index.ts");
  const blocks = {
    ...(await import("../packages/serpapi/src/librechat.ts")).toMcpServers().mcpServers,
    ...(await import("../packages/weaviate/src/librechat.ts")).toMcpServers().mcpServers,
  };
  const definitions = { serpapi: serpapi.serpapi.definition, weaviate: weaviate.weaviate.definition };
  expect(Object.keys(tools)).toEqual(Object.keys(definitions));
  for (const [key, definition] of Object.entries(definitions)) {
    const { id, auth, variables = [], package: name, version } = tools[key]!;
    expect({ id, auth }).toEqual({ id: definition.id, auth: definition.auth });
    const env = Object.fromEntries([auth.env, ...variables].map((variable) => [variable, `\${${variable}}`]));
    expect(blocks[key]).toMatchObject({ command: "npx", args: ["-y", `${name}@${version}`], env });
  }
});

test("adding or removing a folder makes every list stale until the registry is rewritten", () => {
  const copy = mkdtempSync(join(tmpdir(), "registry-"));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const path of globSync(["packages/*/package.json"], { cwd: root })) cpSync(join(root, path), join(copy, path));
  const lists = registryFiles(root).map(({ path }) => relative(root, path));
  for (const path of lists) cpSync(join(root, path), join(copy, path));
  expect(stale(copy)).toEqual([]);

  mkdirSync(join(copy, "packages/new-one"));
  writeFileSync(join(copy, "packages/new-one/package.json"), '{ "llm-provider": { "provider": true } }');
  expect(stale(copy)).toEqual(lists);
  for (const { path, text } of registryFiles(copy)) {
    expect(text).toContain("new-one");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(stale(copy)).toEqual([]);
  rmSync(join(copy, "packages/new-one"), { recursive: true });
  expect(stale(copy)).toEqual(lists);
});

test("no other file lists our adapters by hand", () => {
  const generated = new Set(registryFiles(root).map(({ path }) => relative(root, path)));
  const files = execFileSync("git", ["ls-files", "*.ts", "*.js", "*.mjs", "*.json"], { cwd: root, encoding: "utf8" });
  const lists = files
    .trim()
    .split("\n")
    // LibreChat's lists and test cases name vendors, not our packages, so they do not match.
    .filter((path) => !generated.has(path))
    .filter((path) => {
      const text = readFileSync(join(root, path), "utf8");
      const named = Object.keys(ownProviders).filter((id) =>
        new RegExp(String.raw`@llm-provider/${id}["/]|packages/${id}/|\.\./${id}/src`).test(text),
      );
      return named.length > Object.keys(ownProviders).length / 2;
    });
  expect(lists).toEqual([]);
});

test("the scaffolder writes drafts into this repository, and none of our own packages is a draft", () => {
  for (const kind of ["provider", "tool"]) {
    const template = readFileSync(join(root, `templates/${kind}/workspace/package.json.hbs`), "utf8");
    expect(template.match(/"llm-provider": \{[^}]*"draft": true\n/g), kind).toHaveLength(1);
  }
  const copy = mkdtempSync(join(tmpdir(), "drafts-"));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const [id, marks] of Object.entries({ ours: { provider: true }, theirs: { provider: true, draft: true } })) {
    mkdirSync(join(copy, "packages", id), { recursive: true });
    writeFileSync(join(copy, "packages", id, "package.json"), JSON.stringify({ "llm-provider": marks }));
  }
  expect(packagesWhere(copy, ({ draft }) => !draft)).toEqual(["ours"]);
  expect(ownPackages).toEqual(expect.arrayContaining(["core", "serpapi", ...Object.keys(ownProviders)]));
  expect(Object.keys(ownProviders)).toContain("groq");
});

test("only the listed tests read the whole registry, scaffolded drafts included", () => {
  const pattern = /from "[./]+\/(?:packages\/)?(?:cli\/)?(?:src\/)?providers\.generated\.ts"/;
  const files = globSync(["packages/*/test/**/*.ts", "test/**/*.ts"], { cwd: root });
  const found = files.filter((path) => pattern.test(readFileSync(join(root, path), "utf8")));
  expect(found.sort(), "Take `ownProviders` or `loadOwnProviders` from test/own-packages.ts.").toEqual([
    "packages/cli/test/commands.test.ts",
    "packages/cli/test/twins.test.ts",
    "test/examples.slow.test.ts",
    "test/own-packages.ts",
    "test/registry.test.ts",
  ]);
});
