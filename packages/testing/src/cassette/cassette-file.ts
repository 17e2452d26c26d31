import { createHash } from "node:crypto";
import { join } from "node:path";
import { readRegularText } from "@llm-provider/core/internal/files";
import type { Cassette } from "./cassette.ts";
import { checkCassette } from "./check-cassette.ts";

const blank = "0".repeat(64);

/** The text of a cassette's file, sealed with its own hash. */
export function sealCassette(cassette: Omit<Cassette, "meta"> & { meta: Omit<Cassette["meta"], "sha256"> }): string {
  const unsealed = { ...cassette, meta: { ...cassette.meta, sha256: blank } };
  const text = `${JSON.stringify(unsealed, null, 2)}\n`;
  return text.replace(blank, hashOf(text));
}

/** Bytes: a hundred times the longest recordings of today. */
const largest = 64 * 1024 * 1024;

/** The text of a cassette's file. Throws a sentence when it is missing, or is not a regular file. */
export function readCassetteText(folder: string, file: string): string {
  const text = readRegularText(join(folder, file), { name: file, largest });
  if (text === undefined) throw new Error(`${file} is missing. Record it.`);
  return text;
}

/** Opens a cassette of a folder. Throws a sentence if the file is not one. */
export function readCassette(folder: string, file: string): Cassette {
  return openCassette(readCassetteText(folder, file), file);
}

/** Reads the text of a file. Throws a sentence if it is not a cassette, or if a byte of it was changed. */
export function openCassette(text: string, name: string): Cassette {
  let cassette: Cassette;
  try {
    cassette = JSON.parse(text) as Cassette;
  } catch {
    throw new Error(`${name} is not JSON. Record it again.`);
  }
  if (cassette?.format !== 1) throw new Error(`${name} is not a cassette of format 1. Record it again.`);
  const [broken] = checkCassette(cassette);
  if (broken !== undefined) throw new Error(`${name} is broken: ${broken} Correct it, or record it again.`);
  const { sha256 } = cassette.meta;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new Error(`${name} is not sealed. Seal a file that was written by hand with \`llm-record --seal <folder>\`.`);
  }
  if (hashOf(text.replace(sha256, blank)) !== sha256) {
    const advice =
      cassette.meta.origin === "documented"
        ? "look at it, then seal it with `llm-record --seal <folder>`"
        : "record it again";
    throw new Error(`${name} was changed after it was written: ${advice}.`);
  }
  return cassette;
}

/** Line ends do not count: a checkout on Windows may change them. */
function hashOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}
