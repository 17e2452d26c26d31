import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { loadPackage, loadProvider } from "../src/command.ts";
import { bolt } from "./fixtures/bolt.ts";

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const known = { bolt: async () => bolt };

const provider = (id: string): string =>
  `Object.assign(() => {}, { definition: { id: "${id}", baseURL: "https://api.${id}.test/v1", auth: { env: "${id.toUpperCase()}_API_KEY" }, dialect: {} } })`;
const code = `export const acme = ${provider("acme")};`;
const manifest = (exports: unknown): string => JSON.stringify({ name: "llm-acme", type: "module", exports });

function place(files: Readonly<Record<string, string>> = {}): { cwd: string; said: string[]; err(text: string): void } {
  const cwd = mkdtempSync(join(tmpdir(), "load-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const said: string[] = [];
  return { cwd, said, err: (text) => said.push(text) };
}

const local = (name: string): string[] => [
  `${name} is a local package: its provider sends requests and ACME_API_KEY to api.acme.test.\n`,
];

test("a provider that comes with the program loads without a notice, also by its package's name", async () => {
  const io = place();
  expect(await loadProvider("bolt", io, known)).toBe(bolt);
  expect(await loadProvider("@llm-provider/bolt", io, known)).toBe(bolt);
  expect(io.said).toEqual([]);
});

test.each([
  ["a file", "./acme.js", { "acme.js": code }],
  ["a file without a dot before it", "lib/acme.mjs", { "lib/acme.mjs": code }],
  ["a built folder", "./acme", { "acme/package.json": manifest("./dist/index.js"), "acme/dist/index.js": code }],
  [
    "the folder that the command runs in",
    ".",
    { "package.json": manifest({ ".": { types: "./x.d.ts", default: "./dist/index.js" } }), "dist/index.js": code },
  ],
  [
    "a folder with nested conditions",
    "./acme",
    {
      "acme/package.json": manifest({ ".": { browser: "./no.js", node: { require: "./no.cjs", import: "./yes.js" } } }),
      "acme/no.js": "throw new Error('the wrong file');",
      "acme/yes.js": code,
    },
  ],
  [
    "an unbuilt folder with a `source` condition",
    "./acme",
    {
      "acme/package.json": manifest({ ".": { source: "./lib/main.ts", default: "./dist/index.js" } }),
      "acme/lib/main.ts": `const id: string = "acme";\n${code}`,
    },
  ],
  [
    "an unbuilt folder as the scaffolder makes it",
    "./acme",
    {
      "acme/package.json": manifest({ ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } }),
      "acme/src/index.ts": `const id: string = "acme";\n${code}`,
    },
  ],
])("loads %s, and prints its host and variable", async (_what, name, files) => {
  const io = place(files);
  const { definition } = await loadProvider(name, io, known);
  expect(definition.id).toBe("acme");
  expect(io.said).toEqual(local(name));
});

test.each([
  ["with one entry", "./index.js"],
  ["for `import` alone", { ".": { import: "./index.js" } }],
])("loads an installed package %s, and calls it third-party", async (_what, exports) => {
  const io = place({
    "node_modules/llm-acme/package.json": manifest(exports),
    "node_modules/llm-acme/index.js": code,
    "deep/er/x": "",
  });
  const { provider: found, isLocal } = await loadPackage("llm-acme", { ...io, cwd: join(io.cwd, "deep/er") });
  expect([found!.definition.id, isLocal]).toEqual(["acme", false]);
  expect(io.said).toEqual([
    "llm-acme is a third-party package: its provider sends requests and ACME_API_KEY to api.acme.test.\n",
  ]);
});

test("prefers a built package to its source", async () => {
  const io = place({
    "package.json": manifest({ ".": { source: "./src/index.ts", default: "./dist/index.js" } }),
    "src/index.ts": `export const a = ${provider("source")};`,
    "dist/index.js": code,
  });
  expect((await loadProvider(".", io)).definition.id).toBe("acme");
});

test("`#` selects one of several providers; two names of one provider need no choice", async () => {
  const two = `${code}\nexport const other = ${provider("other")};`;
  const io = place({ "two.js": two, "same.js": `${code}\nexport { acme as default };` });
  await expect(loadProvider("./two.js", io)).rejects.toMatchObject({
    message: "./two.js exports several providers: acme, other. Name one: `./two.js#acme`.",
    exitCode: 2,
  });
  expect((await loadProvider("./two.js#other", io)).definition.id).toBe("other");
  expect((await loadProvider("./same.js", io)).definition.id).toBe("acme");
});

test.each<[string, string, string]>([
  ["a missing file", "./nothing.ts", "There is no file or folder ./nothing.ts here."],
  ["a missing package", "no-such-package", "no package of that name is installed here. Choose one of: bolt."],
  ["a misspelt provider", "bollt", "Did you mean `bolt`?"],
  ["a module without a provider", fixture("look-up.ts"), "exports no provider"],
  ["another name", `${fixture("bolt.ts")}#thunder`, "does not export a provider thunder. It exports: bolt."],
  ["a folder without a package", "./folder", "is a folder without a package.json"],
  ["an unbuilt folder", "./unbuilt", "./unbuilt is not built: ./out/x.js is missing."],
  ["a module that throws", "./throws.js", "./throws.js cannot be loaded: kaputt"],
])("reports %s with a clear message", async (_name, named, text) => {
  const io = place({
    "folder/x": "",
    "unbuilt/package.json": manifest("./out/x.js"),
    "throws.js": 'throw new Error("kaputt");',
  });
  await expect(loadProvider(named, io, known)).rejects.toMatchObject({
    message: expect.stringContaining(text),
    exitCode: 2,
  });
});

test("a folder with a known provider's name is not loaded in its place", async () => {
  const io = place({ "bolt/package.json": manifest("./index.js"), "bolt/index.js": "throw new Error('loaded');" });
  mkdirSync(join(io.cwd, "node_modules/@llm-provider"), { recursive: true });
  symlinkSync(join(io.cwd, "bolt"), join(io.cwd, "node_modules/bolt"));
  cpSync(join(io.cwd, "bolt"), join(io.cwd, "node_modules/@llm-provider/bolt"), { recursive: true });
  for (const name of ["bolt", "@llm-provider/bolt"]) expect(await loadProvider(name, io, known)).toBe(bolt);
});

test("a path that is neither a file nor a folder is not run, and does not block", async () => {
  const io = place();
  execFileSync("mkfifo", [join(io.cwd, "pipe.js")]);
  symlinkSync("pipe.js", join(io.cwd, "link.js"));
  for (const name of ["./pipe.js", "./link.js"])
    await expect(loadPackage(name, io)).rejects.toThrow(/is neither a file nor a folder/);
});
