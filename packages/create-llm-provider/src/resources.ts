import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

// A layer is a folder of `templates/` with files as they are in the package.
const layerNames = [
  "package",
  "provider/shared",
  "provider/workspace",
  "provider/dialect",
  "provider/ai-sdk",
  "provider/langchain",
  "tool/shared",
  "tool/get",
  "tool/post",
  "tool/workspace",
  "workspace",
] as const;

export type LayerName = (typeof layerNames)[number];

/** Path → text, of each layer. */
export type Templates = { readonly [layer in LayerName]: { readonly [path: string]: string } };

/** Versions by package name. */
export type Versions = { readonly [name: string]: string };

/** The scaffolder's data. */
export interface Resources {
  templates: Templates;
  versions: Versions;
}

// The bundle script replaces this name with the object.
declare const bundledResources: Resources | undefined;

/** In the published bin: the copies made when it was bundled. In this repository: its current files. */
export function resources(): Resources {
  if (typeof bundledResources !== "undefined") return bundledResources;
  const root = new URL("../../../", import.meta.url);
  const layers = layerNames.map((name) => [name, readLayer(fileURLToPath(new URL(`templates/${name}`, root)))]);
  return { templates: Object.fromEntries(layers) as Templates, versions: readVersions(root) };
}

/** Every file under `folder`, dotfiles too. */
function readLayer(folder: string): { [path: string]: string } {
  const files: { [path: string]: string } = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path).replaceAll(sep, "/")] = readFileSync(path, "utf8");
  }
  return files;
}

/** The libraries behind the bridges. */
const libraries = ["@ai-sdk/provider", "@langchain/core", "ai"];

/** What a generated package depends on: our own packages in this workspace's versions, the tools as the workspace pins them. */
function readVersions(root: URL): Versions {
  type Manifest = { name: string; version: string; devDependencies?: Versions; dependencies?: Versions };
  const read = (path: string): Manifest => JSON.parse(readFileSync(new URL(path, root), "utf8")) as Manifest;
  const versions: { [name: string]: string } = {
    ...read("package.json").devDependencies,
    ...read("e2e/package.json").devDependencies,
  };
  for (const folder of readdirSync(new URL("packages/", root))) {
    const manifest = `packages/${folder}/package.json`;
    if (!existsSync(new URL(manifest, root))) continue;
    const { name, version, dependencies, devDependencies } = read(manifest);
    versions[name] = version;
    if (dependencies?.["zod"]) versions["zod"] = dependencies["zod"];
    for (const library of libraries) if (devDependencies?.[library]) versions[library] = devDependencies[library];
  }
  return versions;
}
