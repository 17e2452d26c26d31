import { realpathSync, watch } from "node:fs";
import { dirname } from "node:path";
import { readRegularText } from "@llm-provider/core/internal/files";
import type { ReadConfig } from "./config.ts";
import { readConfig } from "./read-config.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Milliseconds in which one change is seen several times: editors write, rename and touch. */
const settling = 50;

/**
 * Reads a `gateway.yaml`.
 * @throws Error with a sentence where there is no such file, or it is not a regular one.
 */
export async function readConfigFile(file: string, name: string, env: Env): Promise<ReadConfig & { text: string }> {
  const text = readRegularText(file, { name });
  if (text === undefined) throw new Error(`There is no file ${name}.`);
  return { ...(await readConfig(text, env)), text };
}

/**
 * Calls `onChange` whenever the file may have changed, until the function that it gives back is called. The folder is watched,
 * since an editor replaces a file, and a container's file is a link that moves; of a link, the folder of its file too.
 * @throws Error where the system watches no more files.
 */
export function watchConfig(file: string, onChange: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settling);
  };
  const watchers = [...new Set([dirname(file), dirname(realpathSync(file))])].map((folder) => {
    const watcher = watch(folder, { persistent: false }, changed);
    // A folder that goes away takes nothing with it: the configuration in use stays.
    return watcher.on("error", () => watcher.close());
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
