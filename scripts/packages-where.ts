import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The field `llm-provider` of a package.json in packages/. */
export interface Marks {
  /** The package exports a provider, which goes into the registry. */
  readonly provider?: boolean;
  /** The package exports a tool: the facts with which the CLI adds it without loading its dependencies. */
  readonly tool?: {
    readonly id: string;
    readonly auth: { readonly env: string; readonly page: string; readonly optional?: true };
    /** Further variables that its server reads. */
    readonly variables?: readonly string[];
    /** The vendor's own MCP server: `url`, `needs` and `page`. */
    readonly builtin?: object;
  };
  /** The scaffolder made the package. It is in the registry, but is not yet one of this repository's own packages. */
  readonly draft?: boolean;
}

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly "llm-provider"?: Marks;
}

export function manifestOf(root: string, folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8")) as Manifest;
}

/** The folders of packages/ whose marks satisfy `isMeant`, sorted. */
export function packagesWhere(root: string, isMeant: (marks: Marks) => boolean): string[] {
  return globSync("packages/*/package.json", { cwd: root })
    .map((path) => basename(dirname(path)))
    .filter((folder) => isMeant(manifestOf(root, folder)["llm-provider"] ?? {}))
    .sort();
}
