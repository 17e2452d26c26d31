import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cassette } from "./cassette.ts";
import { isIndex, readIndex } from "./cassette-index.ts";
import { openCassette } from "./cassette-file.ts";

/** The cassettes of a folder by scenario, and a sentence for each file that is none. */
export type Cassettes = { readonly byScenario: ReadonlyMap<string, Cassette>; readonly problems: readonly string[] };

export function loadCassettes(folder: URL | string): Cassettes {
  const path = typeof folder === "string" ? folder : fileURLToPath(folder);
  const byScenario = new Map<string, Cassette>();
  const problems: string[] = [];
  const files = existsSync(path)
    ? readdirSync(path)
        .filter((name) => name.endsWith(".json") && !isIndex(name))
        .sort()
    : [];
  for (const file of files) {
    try {
      const cassette = openCassette(readFileSync(join(path, file), "utf8"), file);
      if (file !== `${cassette.scenario}.json`)
        throw new Error(
          `${file} holds the scenario "${cassette.scenario}": its name must be ${cassette.scenario}.json.`,
        );
      byScenario.set(cassette.scenario, cassette);
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  for (const name of readIndex(path)) {
    if (!byScenario.has(name) && !problems.some((one) => one.startsWith(`${name}.json`))) {
      problems.push(`${name}.json is missing: index.json names it. Record it again.`);
    }
  }
  return { byScenario, problems };
}
