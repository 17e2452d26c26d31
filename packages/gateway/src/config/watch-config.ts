import { realpathSync, watch } from "node:fs";
import { dirname } from "node:path";
import { readRegularText } from "@llm-provider/core/internal/files";
import type { ReadConfig } from "./config.ts";
import { readConfig } from "./read-config.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Milliseconds to wait for further events, since editors write, rename and touch a file for one change. */
const settling = 50;

/**
 * Reads a `gateway.yaml`.
 * @throws Error if the file is missing or is not a regular file.
 */
export async function readConfigFile(file: string, name: string, env: Env): Promise<ReadConfig & { text: string }> {
  const text = readRegularText(file, { name });
  if (text === undefined) throw new Error(`There is no file ${name}.`);
  return { ...(await readConfig(text, env)), text };
}

/**
 * Calls `onChange` whenever the file may have changed. Returns a function that stops it. It watches the folder, since editors
 * replace files, and for a link also the folder of its target, since containers mount files as links that move.
 * @throws Error if the system's limit of watched files is reached.
 */
export function watchConfig(file: string, onChange: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settling);
  };
  const watchers = [...new Set([dirname(file), dirname(realpathSync(file))])].map((folder) => {
    const watcher = watch(folder, { persistent: false }, changed);
    // If the folder is removed, the current configuration stays in use.
    return watcher.on("error", () => watcher.close());
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
