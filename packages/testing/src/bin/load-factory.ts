import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProviderFactory } from "@llm-provider/core";

/** The provider that a module exports: a file, or a package as the folder at hand sees it. */
export async function loadFactory(module: string, name: string | undefined): Promise<ProviderFactory> {
  const found = Object.entries(await load(module)).filter((entry): entry is [string, ProviderFactory] =>
    isFactory(entry[1]),
  );
  const names = found.map(([exported]) => exported).join(", ");
  const wanted = name === undefined ? found : found.filter(([exported]) => exported === name);
  if (wanted.length === 1) return wanted[0]![1];
  if (found.length === 0) throw new Error(`${module} exports no provider: nothing that \`defineProvider\` made.`);
  throw new Error(
    name === undefined
      ? `${module} exports several providers: ${names}. Name one with --export.`
      : `${module} does not export ${name}, but ${names}.`,
  );
}

async function load(module: string): Promise<Record<string, unknown>> {
  const file = resolve(module);
  if (existsSync(file)) return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  if (/^[./]/.test(module)) throw new Error(`There is no file ${module} here.`);
  try {
    const resolved = createRequire(pathToFileURL(resolve("package.json"))).resolve(module);
    return (await import(pathToFileURL(resolved).href)) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`The package ${module} cannot be loaded from here. Is it installed? ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function isFactory(value: unknown): boolean {
  return (
    typeof value === "function" &&
    typeof (value as { definition?: { dialect?: unknown } }).definition?.dialect === "object"
  );
}
