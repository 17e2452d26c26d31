import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { closestName, type ProviderFactory } from "@llm-provider/core";
import type { Io } from "./io.ts";
import { factoryIn, knownProviders } from "./known-providers.ts";
import { usageError } from "./usage-error.ts";

/**
 * The provider of this name: one that comes with the program, a folder or file of a package (`./packages/acme`), or a
 * package that is installed where the command is run. Code from elsewhere runs only because it was named, and what it will
 * reach with which key is said before.
 */
export async function loadFactory(name: string, io: Io): Promise<ProviderFactory> {
  if (Object.hasOwn(knownProviders, name)) return factoryIn(await knownProviders[name]!())!;
  const isPath = /^[./~]|^[A-Za-z]:\\/.test(name);
  const file = isPath ? entryOf(resolve(io.cwd, name)) : installed(name, io);
  const factory = factoryIn(await importFile(file, name));
  if (!factory) throw usageError(`${name} exports no provider. A provider is what \`defineProvider\` returns.`);
  const { auth, baseURL } = factory.definition;
  io.err(
    `${name} is not ours: it calls ${new URL(baseURL).host}${auth === "none" ? " without a key" : ` with the key in ${auth.env}`}.\n`,
  );
  return factory;
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
    const meant = closestName(name, Object.keys(knownProviders));
    const known = `There are: ${Object.keys(knownProviders).join(", ")}.`;
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
