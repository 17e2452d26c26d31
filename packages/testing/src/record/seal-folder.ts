import { readdirSync } from "node:fs";
import { join } from "node:path";
import { writeRegularFile } from "@llm-provider/core/internal/files";
import { requestHash } from "../cassette/build-cassette.ts";
import { readCassetteText, sealCassette } from "../cassette/cassette-file.ts";
import { isIndex } from "../cassette/cassette-folder.ts";
import { checkCassette } from "../cassette/check-cassette.ts";
import type { Cassette } from "../cassette/cassette.ts";

/** Seals the cassettes of a folder that say they are `documented`; the others are left to the record command. */
export function sealFolder(folder: string): string[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".json") && !isIndex(name))
    .sort();
  // All files are checked before the first is written.
  const sealed = files.flatMap((file) => {
    const path = join(folder, file);
    const text = readCassetteText(folder, file);
    const { meta, ...rest } = parse(text, file);
    if (meta?.origin !== "documented") return [];
    const { sha256: _old, ...kept } = meta;
    const [broken] = checkCassette({ ...rest, meta: kept });
    if (broken !== undefined) throw new Error(`${file} is broken: ${broken} Nothing was sealed.`);
    const { interactions } = rest;
    return [
      { file, path, text, now: sealCassette({ ...rest, meta: { ...kept, requestHash: requestHash(interactions) } }) },
    ];
  });
  return sealed.map(({ file, path, text, now }) => {
    if (now === text) return `unchanged  ${file}`;
    writeRegularFile(path, now, { name: file, followsLinks: false });
    return `sealed     ${file}`;
  });
}

function parse(text: string, file: string): Cassette {
  try {
    return JSON.parse(text) as Cassette;
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}. Nothing was sealed.`, { cause: error });
  }
}
