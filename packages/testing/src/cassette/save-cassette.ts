import { lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sealCassette } from "./cassette-file.ts";

const scenarioName = /^[a-z][a-z0-9-]{0,79}$/;

/** Writes a cassette into its folder, under the name of its scenario and nowhere else. */
export function saveCassette(folder: URL | string, cassette: Parameters<typeof sealCassette>[0]): void {
  if (!scenarioName.test(cassette.scenario))
    throw new TypeError(`"${cassette.scenario}" cannot be the name of a scenario.`);
  const path = typeof folder === "string" ? folder : fileURLToPath(folder);
  mkdirSync(path, { recursive: true });
  const file = join(path, `${cassette.scenario}.json`);
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(`${file} is a link: a cassette is written to a file only.`);
  writeFileSync(file, sealCassette(cassette));
}
