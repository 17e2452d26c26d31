import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { providers, tools } from "../packages/cli/src/providers.generated.ts";
import { registryFiles } from "../scripts/write-registry.ts";

const root = join(import.meta.dirname, "..");
const stale = (at: string): string[] =>
  registryFiles(at)
    .filter(({ path, text }) => !sameContent(path, text))
    .map(({ path }) => relative(at, path));

/** The formatter may break a line elsewhere. */
function sameContent(path: string, text: string): boolean {
  return readFileSync(path, "utf8").replaceAll(/\s+/g, "") === text.replaceAll(/\s+/g, "");
}

test("the registry names the adapters that there are", () => {
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
});

test("each adapter has the id of its folder", async () => {
  for (const [id, load] of Object.entries(providers)) expect((await load()).definition.id).toBe(id);
});

test("a tool is what its own definition and its own block for LibreChat say", async () => {
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

test("a folder that is added or removed makes every list stale until the registry is written", () => {
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
    // Lists of LibreChat's and of a test's cases name vendors, not our packages.
    .filter((path) => !generated.has(path))
    .filter((path) => {
      const text = readFileSync(join(root, path), "utf8");
      const named = Object.keys(providers).filter((id) =>
        new RegExp(String.raw`@llm-provider/${id}["/]|packages/${id}/|\.\./${id}/src`).test(text),
      );
      return named.length > Object.keys(providers).length / 2;
    });
  expect(lists).toEqual([]);
});
