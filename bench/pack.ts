// Packs core, an adapter and the bridges as a release would, and installs the tarballs here beside the contenders, without a word in
// package.json or the lockfile.
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

// Runs from build/.
const bench = join(import.meta.dirname, "..");
const root = join(bench, "..");
const packed = join(bench, "packed");
rmSync(packed, { recursive: true, force: true });
mkdirSync(packed);
const packages = ["core", "deepseek", "ai-sdk", "langchain"];
const run = (command: string, args: string[], cwd: string): void =>
  void execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });

const build = (): void =>
  run(join(root, "node_modules/.bin/tsc"), ["-b", ...packages.map((name) => `packages/${name}`)], root);

build();
for (const name of packages)
  run("npx", ["-y", "pnpm@12.21.0", "pack", "--pack-destination", packed], join(root, "packages", name));
// A pack leaves one file an entry in dist; the tests of this repository want them all.
build();
const tarballs = globSync("*.tgz", { cwd: packed }).map((name) => join(packed, name));
run("npm", ["install", "--no-save", "--no-audit", "--no-fund", ...tarballs], bench);
console.log(`Installed ${tarballs.length} tarballs.`);
