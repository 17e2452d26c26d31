import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { requestHash } from "../cassette/build-cassette.ts";
import { sealCassette } from "../cassette/cassette-file.ts";
import { isIndex } from "../cassette/cassette-folder.ts";
import type { Cassette } from "../cassette/cassette.ts";

/** Seals the cassettes of a folder that say they are `documented`; the others are left to the record command. */
export function sealFolder(folder: string): string[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".json") && !isIndex(name))
    .sort();
  return files.flatMap((file) => {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    const { meta, ...rest } = JSON.parse(text) as Cassette;
    if (meta.origin !== "documented") return [];
    if (!Array.isArray(meta.source) || meta.source.length !== 2) {
      throw new Error(
        `${file} names no page: give \`meta.source\` the address it was written from and the day it was read.`,
      );
    }
    const { sha256: _old, ...kept } = meta;
    const sealed = sealCassette({ ...rest, meta: { ...kept, requestHash: requestHash(rest.interactions) } });
    if (sealed === text) return [`unchanged  ${file}`];
    writeFileSync(path, sealed);
    return [`sealed     ${file}`];
  });
}
