import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Versions } from "./template-context.ts";

type Manifest = { name: string; version: string; devDependencies?: Versions; dependencies?: Versions };

/** The versions that a generated package asks for: our own packages as they stand in this workspace, the tools as the workspace pins them. */
export function readVersions(root: URL): Versions {
  const read = (path: string): Manifest => JSON.parse(readFileSync(new URL(path, root), "utf8")) as Manifest;
  const versions: { [name: string]: string } = {
    ...read("package.json").devDependencies,
    ...read("e2e/package.json").devDependencies,
  };
  for (const folder of readdirSync(new URL("packages/", root))) {
    const manifest = `packages/${folder}/package.json`;
    if (!existsSync(new URL(manifest, root))) continue;
    const { name, version, dependencies } = read(manifest);
    versions[name] = version;
    if (dependencies?.["zod"]) versions["zod"] = dependencies["zod"];
  }
  return versions;
}
