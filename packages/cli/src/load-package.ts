import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { closestName } from "@llm-provider/core/internal";
import type { Io } from "./io.ts";
import { providers } from "./providers.generated.ts";
import { usageError } from "./usage-error.ts";

export type LoadedPackage = {
  readonly module: Readonly<Record<string, unknown>>;
  /** Of the file that was loaded. */
  readonly folder: string;
  /** It was named by its path. */
  readonly isLocal: boolean;
};

/**
 * Runs the code of a folder or file of a package (`./packages/acme`), or of a package that is installed where the command is
 * run. Nothing is loaded but what the person named.
 */
export async function loadPackage(name: string, io: Io): Promise<LoadedPackage> {
  const isLocal = /^[./~]|^[A-Za-z]:\\/.test(name);
  const file = isLocal ? entryOf(resolve(io.cwd, name)) : installed(name, io);
  return { module: await importFile(file, name), folder: dirname(file), isLocal };
}

function entryOf(path: string): string {
  if (!existsSync(path)) throw usageError(`There is no file or folder ${path}.`);
  const real = realpathSync(path);
  if (!statSync(real).isDirectory()) return real;
  const manifest = join(real, "package.json");
  if (!existsSync(manifest))
    throw usageError(`${path} holds no package.json. Name the folder of a package, or its file.`);
  const { exports, main } = JSON.parse(readFileSync(manifest, "utf8")) as { exports?: unknown; main?: string };
  const entry = join(real, defaultOf(exports) ?? main ?? "index.js");
  if (!existsSync(entry))
    throw usageError(`${path} is not built: ${entry} is missing. Build it first, with \`npm run build\` there.`);
  return entry;
}

function defaultOf(exports: unknown): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  const { ".": main, import: module, default: fallback } = exports as Record<string, unknown>;
  return defaultOf(main ?? module ?? fallback);
}

function installed(name: string, io: Io): string {
  try {
    return createRequire(pathToFileURL(join(io.cwd, "package.json"))).resolve(name);
  } catch {
    const meant = closestName(name, Object.keys(providers));
    const known = `There are: ${Object.keys(providers).join(", ")}.`;
    throw usageError(
      `There is no provider \`${name}\`, and no package of that name is installed here. ${meant ? `Did you mean \`${meant}\`?` : known}`,
    );
  }
}

async function importFile(file: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw usageError(`${name} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}
