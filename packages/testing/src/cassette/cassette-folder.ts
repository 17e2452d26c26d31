import { existsSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPath } from "@llm-provider/core/internal";
import { readRegularText, writeRegularFile } from "@llm-provider/core/internal/files";
import { readCassette, sealCassette } from "./cassette-file.ts";
import type { Cassette } from "./cassette.ts";
import { readJson } from "../read-json.ts";

/** The cassettes of a folder. */
export interface Cassettes {
  /** Scenario → its cassette. */
  readonly byScenario: ReadonlyMap<string, Cassette>;
  /** A sentence for each file that is missing, changed or not a cassette. */
  readonly problems: readonly string[];
}

/** Reads the cassettes of a folder, for tests of your own. Broken files are listed, not thrown. */
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
      const cassette = readCassette(path, file);
      if (file !== `${cassette.scenario}.json`)
        throw new Error(
          `${file} contains the scenario "${cassette.scenario}": its name must be ${cassette.scenario}.json.`,
        );
      byScenario.set(cassette.scenario, cassette);
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  let listed: readonly string[] = [];
  try {
    listed = readIndex(path);
  } catch (error) {
    problems.push((error as Error).message);
  }
  for (const name of listed) {
    if (!byScenario.has(name) && !problems.some((one) => one.startsWith(`${name}.json`))) {
      problems.push(`${name}.json is missing: index.json names it. Record it again.`);
    }
  }
  return { byScenario, problems };
}

const scenarioName = /^[a-z][a-z0-9-]{0,79}$/;

/** Writes a cassette into its folder, under the name of its scenario and nowhere else. */
export function saveCassette(folder: URL | string, cassette: Parameters<typeof sealCassette>[0]): void {
  if (!scenarioName.test(cassette.scenario))
    throw new TypeError(`"${cassette.scenario}" cannot be the name of a scenario.`);
  const path = typeof folder === "string" ? folder : fileURLToPath(folder);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(`${path} is a link. Cassettes are written to a real folder only.`);
  mkdirSync(path, { recursive: true });
  writeRegularFile(join(path, `${cassette.scenario}.json`), sealCassette(cassette), { followsLinks: false });
}

/** Lists the cassettes of a tool, so that a deleted one is noticed. */
const indexFile = "index.json";

export function writeIndex(folder: string, names: readonly string[]): void {
  writeRegularFile(
    join(folder, indexFile),
    `${JSON.stringify({ format: 1, cassettes: [...names].sort() }, null, 2)}\n`,
  );
}

/** The cassettes that must be in the folder; none if it has no index. */
export function readIndex(folder: string): readonly string[] {
  const text = readRegularText(join(folder, indexFile), { name: indexFile });
  if (text === undefined) return [];
  const names = readPath(readJson(text), "cassettes");
  if (Array.isArray(names) && names.every((name) => typeof name === "string")) return names;
  throw new Error(`${indexFile} is damaged: it must be { "format": 1, "cassettes": [names] }. Restore it from git.`);
}

export function isIndex(name: string): boolean {
  return name === indexFile;
}
