// Packs packages of this repository and their dependencies in it, as a release would, and installs the tarballs without
// changing a package.json or lockfile: node build/pack.js [--into FOLDER] [deepseek …]
import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { into: { type: "string", default: "." } },
});
// Runs from build/.
const bench = join(import.meta.dirname, "..");
const root = join(bench, "..");
const into = resolve(bench, values.into);
const packed = join(into, "packed");
rmSync(packed, { recursive: true, force: true });
mkdirSync(packed, { recursive: true });
if (!existsSync(join(into, "package.json"))) writeFileSync(join(into, "package.json"), '{ "private": true }\n');
const run = (command: string, args: string[], cwd: string): void =>
  void execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });

type Manifest = { name: string; dependencies?: Record<string, string> };
const manifests = new Map(
  globSync("packages/*/package.json", { cwd: root }).map((file): [folder: string, Manifest] => [
    file.split("/")[1]!,
    JSON.parse(readFileSync(join(root, file), "utf8")) as Manifest,
  ]),
);

/** The folders of the packages and of their dependencies in this repository. */
function withDependencies(folders: readonly string[], found = new Set<string>()): Set<string> {
  for (const folder of folders) {
    if (found.has(folder)) continue;
    found.add(folder);
    const { dependencies = {} } = manifests.get(folder)!;
    withDependencies(
      [...manifests].filter(([, { name }]) => Object.hasOwn(dependencies, name)).map(([own]) => own),
      found,
    );
  }
  return found;
}

const packages = [...withDependencies(positionals.length > 0 ? positionals : ["deepseek", "ai-sdk", "langchain"])];
const build = (): void =>
  run(join(root, "node_modules/.bin/tsc"), ["-b", ...packages.map((name) => `packages/${name}`)], root);

build();
for (const name of packages)
  run("npx", ["-y", "pnpm@12.21.0", "pack", "--pack-destination", packed], join(root, "packages", name));
// Packing leaves one file for each entry in dist; this repository's tests need all files.
build();
// npm keeps an installed package if a tarball has the same version.
for (const name of ["@llm-provider", "llm-provider", ".package-lock.json"])
  rmSync(join(into, "node_modules", name), { recursive: true, force: true });
const tarballs = globSync("*.tgz", { cwd: packed }).map((name) => join(packed, name));
run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", ...tarballs], into);
console.log(`Installed ${tarballs.length} tarballs.`);
