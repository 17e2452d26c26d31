// Bundles the bin: one file, no dependency. `prepack` runs it, so what is published is always fresh.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { readTemplates } from "../src/read-templates.ts";
import { readVersions } from "../src/read-versions.ts";
import type { Resources } from "../src/resources.ts";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const root = new URL("../../../", import.meta.url);
const carried: Resources = { templates: readTemplates(new URL("templates/", root)), versions: readVersions(root) };

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
