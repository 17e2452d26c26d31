// Writes the version of each package into its server.json, the MCP registry's description of it: npm and the registry must agree.
// Part of the `version` script, after changesets.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

type Server = { version: string; packages: { identifier: string; version: string }[] };

/** The text of a server.json with the package's version in every place. */
export function withVersion(text: string, version: string): string {
  const server = JSON.parse(text) as Server;
  const packages = server.packages.map((entry) => ({ ...entry, version }));
  return `${JSON.stringify({ ...server, version, packages }, null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, "..");
  for (const path of globSync("packages/*/server.json", { cwd: root })) {
    const file = join(root, path);
    const manifest = readFileSync(join(dirname(file), "package.json"), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    writeFileSync(file, withVersion(readFileSync(file, "utf8"), version));
  }
}
