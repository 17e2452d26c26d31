// Bundles the bin: one file, no dependency. `prepack` runs it, so what is published is always fresh.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { readTemplates } from "../src/read-templates.ts";
import { readVersions } from "../src/read-versions.ts";
import type { Resources } from "../src/resources.ts";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const root = new URL("../../../", import.meta.url);
const carried: Resources = { templates: readTemplates(new URL("templates/", root)), versions: readVersions(root) };

// The recorder reads its own version from a package.json that is not there in a bundle.
const inlineManifest: Plugin = {
  name: "inline-manifest",
  setup({ onLoad }) {
    onLoad({ filter: /build-cassette\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const read = /createRequire\(import\.meta\.url\)\("([^"]+)"\)/.exec(source);
      if (!read) throw new Error(`${path} no longer reads its version the way this script knows.`);
      const { name, version } = JSON.parse(readFileSync(resolve(dirname(path), read[1]!), "utf8")) as {
        name: string;
        version: string;
      };
      return { contents: source.replace(read[0], JSON.stringify({ name, version })), loader: "ts" };
    });
  },
};

const result = await build({
  entryPoints: [at("src/bin.ts")],
  outfile: at("dist/create-llm-provider.js"),
  bundle: true,
  minify: true,
  metafile: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  conditions: ["source", "module"],
  legalComments: "none",
  define: { bundledResources: JSON.stringify(carried) },
  // Questions are asked with clack: plop's own prompts and globs are never reached, and weigh more than all the rest.
  alias: { inquirer: at("scripts/left-out.ts"), tinyglobby: at("scripts/left-out.ts") },
  plugins: [inlineManifest],
  banner: {
    js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module";\nconst require = __createRequire(import.meta.url);',
  },
});

const bytes = Object.values(result.metafile.outputs)[0]!.bytes;
console.log(`create-llm-provider.js: ${Math.round(bytes / 1024)} kB`);
const inputs = Object.values(result.metafile.outputs)[0]!.inputs;
const groups = new Map<string, number>();
for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
  const name =
    /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules\/)/.exec(path)?.[1] ?? path.split("/").slice(0, 3).join("/");
  groups.set(name, (groups.get(name) ?? 0) + bytesInOutput);
}
if (process.argv.includes("--sizes"))
  for (const [name, size] of [...groups].sort((a, b) => b[1] - a[1]))
    console.log(`${Math.round(size / 1024)}\t${name}`);
