import { existsSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Definition, ProviderFactory, ToolFactory } from "@llm-provider/core";
import { readRegularText } from "@llm-provider/core/internal/files";
import { closestName } from "@llm-provider/core/internal";
import type { Io } from "./io.ts";
import { usageError } from "./program.ts";

/** The loaded code that a person named. */
export interface LoadedPackage {
  readonly module: Readonly<Record<string, unknown>>;
  /** The address of the loaded file. */
  readonly folder: string;
  /** Was it named by its path? */
  readonly isLocal: boolean;
  /** The provider that it exports, if it exports one. */
  readonly provider: ProviderFactory | undefined;
}

/** Providers that come with a program, by id. */
export type KnownProviders = Readonly<Record<string, () => Promise<ProviderFactory>>>;

type Place = Pick<Io, "cwd" | "err">;

/** Will the command call the endpoint of this definition, instead of its twin? */
type AsksEndpoint = (definition: Definition) => boolean | Promise<boolean>;

/**
 * The provider of this name: one that comes with the program, or one of a package that `loadPackage` finds. `asksEndpoint` is
 * for commands that may talk only to a twin: the line about the package says so.
 * @throws A sentence with exit code 2, if there is none.
 */
export async function loadProvider(
  name: string,
  io: Place,
  known: KnownProviders = {},
  asksEndpoint?: AsksEndpoint,
): Promise<ProviderFactory> {
  const own = name.replace(/^@llm-provider\//, "");
  if (Object.hasOwn(known, own)) return known[own]!();
  const { provider } = await loadPackage(name, io, known, asksEndpoint);
  if (!provider) throw usageError(`${name} exports no provider. A provider is what \`defineProvider\` returns.`);
  return provider;
}

/**
 * Runs the code of a file or folder (`./packages/acme`), or of a package that is installed where the command runs. Only what a
 * person named is loaded. If it exports a provider, this prints which host it will call and which variable it will read. If it
 * exports several, `./file.ts#name` picks one.
 * @throws A sentence with exit code 2, if no code of that name can be loaded.
 */
export async function loadPackage(
  name: string,
  io: Place,
  known: KnownProviders = {},
  asksEndpoint: AsksEndpoint = () => true,
): Promise<LoadedPackage> {
  const [, path = name, wanted] = /^(.+?)#([\w$]+)$/.exec(name) ?? [];
  const isLocal =
    /^[./~\\]|^[A-Za-z]:[\\/]/.test(path) || (/\.[cm]?[jt]s$/.test(path) && existsSync(join(io.cwd, path)));
  const file = isLocal ? localFile(path, io.cwd) : installedFile(path, io.cwd, Object.keys(known));
  const module = await importFile(file, path);
  const provider = providerIn(module, path, wanted);
  if (provider) {
    const { definition } = provider;
    io.err(
      `${path} is a ${isLocal ? "local" : "third-party"} package: ${reach(definition, await asksEndpoint(definition))}\n`,
    );
  }
  return { module, folder: dirname(file), isLocal, provider };
}

function reach({ auth, baseURL }: Definition, isAsked: boolean): string {
  const { host } = new URL(baseURL);
  if (!isAsked) return `no request is sent to ${host}.`;
  return `its provider sends requests ${auth === "none" ? `to ${host}, without a key` : `and ${auth.env} to ${host}`}.`;
}

/** The provider that a package exports, if it exports one. Where it exports several, `wanted` picks one. */
export function providerIn(
  module: LoadedPackage["module"],
  name: string,
  wanted?: string,
): ProviderFactory | undefined {
  const found = Object.entries(module).filter((entry): entry is [string, ProviderFactory] => isProvider(entry[1]));
  const names = found.map(([exported]) => exported).join(", ");
  if (wanted !== undefined) {
    const [entry] = found.filter(([exported]) => exported === wanted);
    if (!entry) throw usageError(`${name} does not export a provider ${wanted}. It exports: ${names || "none"}.`);
    return entry[1];
  }
  // One provider may have two names, such as its own and `default`.
  if (new Set(found.map(([, provider]) => provider)).size > 1)
    throw usageError(`${name} exports several providers: ${names}. Name one: \`${name}#${found[0]![0]}\`.`);
  return found[0]?.[1];
}

/** The tool that a package exports, if it exports one. */
export function toolIn(module: LoadedPackage["module"]): ToolFactory<unknown, unknown> | undefined {
  return Object.values(module).find(
    (value): value is ToolFactory<unknown, unknown> =>
      typeof value === "function" &&
      "definition" in value &&
      typeof (value.definition as { toText?: unknown }).toText === "function",
  );
}

function isProvider(value: unknown): boolean {
  const { definition } = (typeof value === "function" ? value : {}) as { definition?: { dialect?: unknown } };
  return typeof definition?.dialect === "object";
}

function localFile(name: string, cwd: string): string {
  const path = resolve(cwd, name);
  if (!existsSync(path)) throw usageError(`There is no file or folder ${name} here.`);
  const real = realpathSync(path);
  const found = statSync(real);
  if (found.isDirectory()) return entryOf(real, name);
  // Importing a pipe or a device would wait for ever.
  if (!found.isFile()) throw usageError(`${name} is neither a file nor a folder. Name a package's folder or its file.`);
  return real;
}

function installedFile(name: string, cwd: string, known: readonly string[]): string {
  const require = createRequire(pathToFileURL(join(cwd, "package.json")));
  try {
    return require.resolve(name);
  } catch {
    // `require` does not see a package whose exports are for `import` alone.
    const folders = require.resolve.paths(name)?.map((path) => join(path, name)) ?? [];
    const folder = folders.find((path) => existsSync(join(path, "package.json")));
    if (folder !== undefined) return entryOf(realpathSync(folder), name);
  }
  const meant = closestName(name, known);
  const advice = meant
    ? `Did you mean \`${meant}\`?`
    : known.length > 0
      ? `Choose one of: ${known.join(", ")}.`
      : "Install it, or give the path of its folder.";
  throw usageError(`There is no provider \`${name}\`, and no package of that name is installed here. ${advice}`);
}

/** The file that an `import` of the package in this folder would load; its source, if it is not built yet. */
function entryOf(folder: string, name: string): string {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest))
    throw usageError(`${name} is a folder without a package.json. Name the folder of a package, or its file.`);
  const { exports, main } = JSON.parse(readRegularText(manifest) ?? "{}") as { exports?: unknown; main?: string };
  const built = targetOf(exports, conditions) ?? main ?? "index.js";
  const source = targetOf(exports, ["source", ...conditions]) ?? built;
  // A package of the scaffolder has no such condition: its `dist` is made from `src`.
  const files = [built, ...(canRunSource ? [source, built.replace(/^(\.\/)?dist\/(.*)\.js$/, "src/$2.ts")] : [])];
  const found = files.map((file) => join(folder, file)).find((file) => existsSync(file));
  if (found === undefined)
    throw usageError(`${name} is not built: ${built} is missing. Run \`npm run build\` in its folder first.`);
  return found;
}

const conditions: readonly string[] = ["node", "import", "module-sync", "default"];
const canRunSource = Boolean((process.features as { typescript?: string | false }).typescript);

/** As Node reads `exports`: the first condition that applies, in the order of the manifest. */
function targetOf(exports: unknown, applying: readonly string[]): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  if ("." in exports) return targetOf(exports["."], applying);
  for (const [condition, target] of Object.entries(exports)) {
    const found = applying.includes(condition) ? targetOf(target, applying) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

async function importFile(file: string, name: string): Promise<LoadedPackage["module"]> {
  try {
    return (await import(pathToFileURL(file).href)) as LoadedPackage["module"];
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const advice =
      code === "ERR_UNKNOWN_FILE_EXTENSION"
        ? ". Node 22.18 and newer run TypeScript. Or build it, and name the result."
        : "";
    throw usageError(`${name} cannot be loaded: ${message}${advice}`);
  }
}
