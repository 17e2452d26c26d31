import { readFile } from "node:fs/promises";
import { stop } from "./stop.ts";

/** The answers in a config file, not checked yet. */
export async function readConfig(path: string): Promise<{ [name: string]: unknown }> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw stop(2, `The config file ${path} cannot be read (${error.code}).`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw stop(2, `The config file ${path} is no JSON. See --print-schema for what it holds.`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw stop(2, `The config file ${path} must hold one JSON object. See --print-schema for what it holds.`);
  }
  const { $schema: _, ...answers } = value as { [name: string]: unknown };
  return answers;
}
