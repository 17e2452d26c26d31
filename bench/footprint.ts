// Installs each contender alone in a fresh folder: megabytes, files and packages in node_modules.
// node build/footprint.js [--contenders openai] [--json FILE]
import { execFileSync } from "node:child_process";
import { globSync, lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chooseNames } from "./choose-names.ts";
import { contenders } from "./contenders.ts";
import { machine, writeResults } from "./write-results.ts";

const { values: options } = parseArgs({
  options: {
    contenders: { type: "string", default: Object.keys(contenders).join(",") },
    json: { type: "string" },
  },
});
const bench = join(import.meta.dirname, "..");
const { dependencies } = JSON.parse(readFileSync(join(bench, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};

/** The package to install: the pinned version, or the tarball packed here. */
function specifierOf(name: string): string {
  if (dependencies[name]) return `${name}@${dependencies[name]}`;
  const prefix = name.replace("@", "").replace("/", "-");
  const [tarball] = globSync(`packed/${prefix}-*.tgz`, { cwd: bench });
  if (!tarball) throw new Error(`${name} is not packed. Run: npm run setup`);
  return join(bench, tarball);
}

const began = machine();
const rows = [];
console.log("| contender | MB | files | packages |\n|---|--:|--:|--:|");
for (const contender of chooseNames("contenders", options.contenders, Object.keys(contenders))) {
  const { installs } = contenders[contender]!;
  if (installs.length === 0) continue;
  const folder = mkdtempSync(join(tmpdir(), "bench-footprint-"));
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  execFileSync("npm", ["install", ...flags, ...installs.map(specifierOf)], { cwd: folder, stdio: "ignore" });
  const modules = join(folder, "node_modules");
  const files = globSync("**/*", { cwd: modules, exclude: (path) => path.endsWith(".package-lock.json") })
    .map((path) => lstatSync(join(modules, path)))
    .filter((entry) => entry.isFile());
  const lock = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8")) as { packages: object };
  const row = {
    contender,
    megabytes: files.reduce((sum, entry) => sum + entry.size, 0) / 1024 / 1024,
    files: files.length,
    packages: Object.keys(lock.packages).length,
  };
  rows.push(row);
  console.log(`| ${contender} | ${row.megabytes.toFixed(1)} | ${row.files} | ${row.packages} |`);
  rmSync(folder, { recursive: true });
}
writeResults(options.json, began, { rows });
