import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCassetteText } from "../cassette/cassette-file.ts";
import type { Origin } from "../cassette/cassette.ts";

/** Why a recording may not replace the existing file; undefined if it may. */
export function reasonToKeep(folder: URL | string, scenario: string, origin: Origin): string | undefined {
  const old = originOf(folder, scenario);
  const isWorse = origin === "twin" ? old !== undefined && old !== "twin" : origin === "documented" && old === "live";
  if (!isWorse) return undefined;
  return `it is ${old}, and ${origin === "twin" ? "a recording from the twin" : "one by hand"} would be worse; delete the file first`;
}

/** Read from the text, sealed or not, so that a draft written by hand is not lost either. */
function originOf(folder: URL | string, scenario: string): unknown {
  const path = typeof folder === "string" ? folder : fileURLToPath(folder);
  if (!existsSync(join(path, `${scenario}.json`))) return undefined;
  const [, origin] = /"origin"\s*:\s*"([a-z]+)"/.exec(readCassetteText(path, `${scenario}.json`)) ?? [];
  return origin;
}
