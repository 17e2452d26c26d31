import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A layer is a folder of `templates/` that holds files as they will lie in the package. */
export const layerNames = [
  "package",
  "provider/shared",
  "provider/workspace",
  "provider/dialect",
  "tool/shared",
  "tool/workspace",
  "workspace",
] as const;

export type LayerName = (typeof layerNames)[number];

/** Path → text, of each layer. */
export type Templates = { readonly [layer in LayerName]: { readonly [path: string]: string } };

/** Every layer under `folder`, dotfiles too. */
export function readTemplates(folder: URL): Templates {
  const layers = layerNames.map((name) => [name, readLayer(fileURLToPath(new URL(name, folder)))] as const);
  return Object.fromEntries(layers) as Templates;
}

function readLayer(folder: string): { [path: string]: string } {
  const files: { [path: string]: string } = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path).replaceAll(sep, "/")] = readFileSync(path, "utf8");
  }
  return files;
}
