import { readFileSync, writeFileSync, mkdirSync, chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { FileTree } from "../src/render/render.ts";

const packed = readFileSync(new URL("fixtures/first-version.json.gz", import.meta.url));

/**
 * The package that the first version (commit db25c1e, as 0.0.1) wrote for `acme --base-url https://api.acme.ai/v1`, with its
 * cassettes. Never regenerate it, because such packages exist.
 */
export const frozenPackage: FileTree = new Map(
  Object.entries(JSON.parse(gunzipSync(packed).toString("utf8")) as { [path: string]: string }),
);

export function writeTree(folder: string, files: FileTree): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/**
 * Puts an `npm` for PATH into `folder` that offers two versions of the scaffolder: 0.0.1 writes the frozen package and, like the
 * first version, does not read its config from a manifest; any other is this repository's.
 */
export function writeNpm(folder: string): void {
  const at = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));
  writeFileSync(
    join(folder, "npm"),
    `#!/bin/sh
case "$*" in *--package=create-llm-provider@9*) exit 1 ;; esac
exec ${JSON.stringify(process.execPath)} --conditions=source ${at("run-version.ts")} "$@"
`,
  );
  chmodSync(join(folder, "npm"), 0o755);
}
