import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildResult, type Plugin } from "esbuild";
import { readTemplates } from "../src/read-templates.ts";
import { readVersions } from "../src/read-versions.ts";
import type { Resources } from "../src/resources.ts";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

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

/** Bundles the bin into one file without a dependency: the code of the workspace as it is now, and the templates. */
export async function createBundle(outfile: string): Promise<BuildResult<{ metafile: true }>> {
  const root = new URL("../../../", import.meta.url);
  const carried: Resources = {
    templates: readTemplates(new URL("templates/", root)),
    versions: readVersions(root),
  };
  return build({
    entryPoints: [at("src/bin.ts")],
    outfile,
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
}
