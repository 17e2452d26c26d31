// Runs in the folder of a package before it is packed: makes each of its entries one file, so that an import opens one file
// and not seventy. Opening them was nearly all that an import of core cost. Types stay as tsc wrote them.
import { globSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build } from "esbuild";

type Manifest = { publishConfig: { exports: Record<string, { default: string }> } };

const folder = process.cwd();
const { publishConfig } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
const entries = Object.values(publishConfig.exports).map((entry) => resolve(folder, entry.default));
await build({
  entryPoints: entries.map((entry) => join(folder, "src", relative(join(folder, "dist"), entry).replace(/js$/, "ts"))),
  outdir: join(folder, "dist"),
  bundle: true,
  // What two entries share is one file, and what is imported on demand is loaded on demand.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  packages: "external",
  format: "esm",
  platform: "neutral",
  target: "es2022",
  legalComments: "none",
});
for (const file of globSync("dist/**/*.js", { cwd: folder }))
  if (!entries.includes(join(folder, file)) && !file.startsWith("dist/chunks/")) rmSync(join(folder, file));
// Now tsc's record of what it wrote is wrong; without it the next build writes everything again.
rmSync(join(folder, "dist/.tsbuildinfo"), { force: true });
