import { globSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCommand } from "../scaffold-e2e/run-command.ts";
import { expect } from "./expect.ts";

/** The files that a package may ship besides its compiled sources. */
const always = ["LICENSE", "README.md", "package.json"];

type Manifest = {
  name: string;
  description?: string;
  keywords?: string[];
  license?: string;
  repository?: { directory?: string };
  engines?: object;
  sideEffects?: boolean;
  type?: string;
  exports?: object;
  dependencies?: Record<string, string>;
  bin?: Record<string, string>;
  files?: string[];
};

/** Packs every package and checks each tarball: files, manifest, publint, attw. */
export async function checkTarballs(clone: string, tarballs: string, root: string): Promise<void> {
  mkdirSync(tarballs, { recursive: true });
  const run = (words: string[], folder = clone) => runCommand(words, { folder, environment: process.env });
  await run(["npx", "-y", "pnpm@12.21.0", "-r", "--filter", "./packages/*", "pack", "--pack-destination", tarballs]);
  for (const file of readdirSync(tarballs).sort()) {
    const tarball = join(tarballs, file);
    const files = (await run(["tar", "-tzf", tarball])).out
      .trim()
      .split("\n")
      .map((path) => path.replace(/^package\//, ""));
    const manifest = JSON.parse((await run(["tar", "-xzOf", tarball, "package/package.json"])).out) as Manifest;
    const { name, bin: ownBins = {} } = manifest;
    const bins = Object.values(ownBins).map((path) => path.replace(/^\.\//, ""));
    const folder = globSync("packages/*/package.json", { cwd: clone })
      .map((path) => join(clone, dirname(path)))
      .find((path) => (JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Manifest).name === name)!;

    const tracked = new Set((await run(["git", "ls-files"], folder)).out.trim().split("\n"));
    for (const path of always) expect(files.includes(path), `${name} ships ${path}`);
    const strange = files.filter(
      (path) =>
        !always.includes(path) &&
        !bins.includes(path) &&
        !isBuilt(path, folder) &&
        // Chunks that entries share, or that are loaded on demand.
        !/^dist\/chunks\/[\w.-]+\.js$/.test(path) &&
        // Data that the package reads, from a folder that its manifest names.
        !(manifest.files?.includes(path.split("/")[0]!) && path.split("/")[0] !== "dist" && tracked.has(path)) &&
        !["CHANGELOG.md", "server.json"].includes(path),
    );
    expect(strange.length === 0, `${name} ships only what its sources compile to, not ${strange.join(", ")}`);
    expect(
      manifest.type === "module" && (!manifest.exports || manifest.sideEffects === false) && manifest.license === "MIT",
      `${name} is an ES module without side effects under MIT`,
    );
    expect(
      Boolean(manifest.description && manifest.engines && manifest.repository?.directory) &&
        manifest.keywords?.includes("llm-provider") === true,
      `${name} states its description, its engines and its repository`,
    );
    for (const [subpath, entry] of Object.entries(manifest.exports ?? {})) {
      expect(
        typeof entry === "string" || Object.keys(entry as object)[0] === "types",
        `${name} names the types of ${subpath} first`,
      );
      expect(!JSON.stringify(entry).includes("/src/"), `${name} exports none of its sources`);
    }
    for (const [dependency, range] of Object.entries(manifest.dependencies ?? {}))
      expect(!range.startsWith("workspace:"), `${name} depends on ${dependency} by a version`);
    const tool = (bin: string): string => join(root, "e2e/node_modules/.bin", bin);
    await run([tool("publint"), tarball, "--strict"]);
    if (manifest.exports) await run([tool("attw"), tarball, "--profile", "esm-only"]);
  }
}

function isBuilt(path: string, folder: string): boolean {
  const source = /^dist\/(.+?)(?:\.d)?\.[jt]s$/.exec(path)?.[1];
  // Data beside the sources.
  const data = /^dist\/(.+\.json)$/.exec(path)?.[1];
  if (data !== undefined) return globSync(`src/${data}`, { cwd: folder }).length > 0;
  if (source !== undefined) return globSync(`src/${source}.ts`, { cwd: folder }).length > 0 || source === "bin";
  // Commands for any version of Node are in bin.
  return path.startsWith("dist/templates/") || path.startsWith("bin/");
}
