// Bundles a package for publishing: one file for each entry, one for the code that entries share, and one for each part that is
// imported on demand.
import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { rolldown, type ChunkingContext } from "rolldown";

type Manifest = { publishConfig: { exports: Record<string, { default: string }> } };

/** Writes the bundled files of the package in `folder` into `out`, and returns their paths. */
export async function bundle(folder: string, out: string): Promise<string[]> {
  const { publishConfig } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const files = Object.values(publishConfig.exports).map((entry) => relative("dist", entry.default));
  const source = (file: string): string => join(folder, "src", file.replace(/js$/, "ts"));
  const main = source("index.js");
  let shared: ReadonlySet<string> | undefined;
  const build = await rolldown({
    input: Object.fromEntries(files.map((file) => [file.replace(/\.js$/, ""), source(file)])),
    external: /^[^./]/,
    platform: "neutral",
    transform: { target: "es2022" },
  });
  const { output } = await build.write({
    dir: out,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    // Puts all that the main entry needs into one file, not into one file for each set of entries that need it.
    codeSplitting: {
      groups: [
        {
          debugName: "shared",
          name: (id, context) =>
            files.length > 1 && id !== main && (shared ??= reached(main, context)).has(id) ? "shared" : null,
        },
      ],
    },
  });
  return output.map(({ fileName }) => resolve(out, fileName));
}

/** The modules that an entry imports statically. */
function reached(entry: string, context: ChunkingContext): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const id of found) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}
