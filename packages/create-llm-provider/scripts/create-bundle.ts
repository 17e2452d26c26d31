import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildResult, type Plugin } from "esbuild";
import { resources } from "../src/resources.ts";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

// The recorder reads its own version from a package.json that does not exist in a bundle.
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

// Were it one file, an old Node would fail at its imports before the sentence about its version.
const loadLater: Plugin = {
  name: "load-later",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/index\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./index.js", external: true } : undefined,
    );
  },
};

/**
 * Bundles the bin into `folder`, without a dependency: the code of the workspace as it is now, and the templates.
 * `create-llm-provider.js` looks at the version of Node and then loads all the rest, `index.js`.
 */
export async function createBundle(folder: string): Promise<BuildResult<{ metafile: true }>> {
  return build({
    entryPoints: { "create-llm-provider": at("src/bin.ts"), index: at("src/index.ts") },
    outdir: folder,
    bundle: true,
    minify: true,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    conditions: ["source", "module"],
    legalComments: "none",
    define: { bundledResources: JSON.stringify(resources()) },
    // Questions are asked with clack: plop's own prompts and globs are never reached, and weigh more than all the rest.
    alias: { inquirer: at("scripts/left-out.ts"), tinyglobby: at("scripts/left-out.ts") },
    plugins: [inlineManifest, loadLater],
    banner: {
      js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module";\nconst require = __createRequire(import.meta.url);',
    },
  });
}
