import { rmSync } from "node:fs";
import { join } from "node:path";
import { readRegularText, writeRegularFile } from "@llm-provider/core/internal/files";
import type { Logged } from "@llm-provider/probe";
import { usageError } from "@llm-provider/testing/command";

/** The data that a cancelled probe needs to continue, without the key. */
export interface Resume {
  readonly baseURL: string;
  readonly keyEnv: string | undefined;
  readonly model: string | undefined;
  readonly log: readonly Logged[];
}

/** The name of the file, in the folder in which the command ran. */
export const resumeFile = ".llm-provider-probe.json";

/** Bytes: 64 answers with long streams take a fraction of this. */
const largest = 32 * 1024 * 1024;

/** @throws A sentence with exit code 2, if the file is missing or damaged. */
export function readResume(folder: string): Resume {
  const text = readRegularText(join(folder, resumeFile), { name: resumeFile, largest, followsLinks: false });
  if (text === undefined) throw usageError(`There is no ${resumeFile} here, so there is no probe to continue.`);
  try {
    const found = JSON.parse(text) as Resume;
    if (typeof found.baseURL === "string" && Array.isArray(found.log)) return found;
  } catch {
    // Said below.
  }
  throw usageError(`${resumeFile} is damaged. Delete it and start again.`);
}

export function writeResume(folder: string, resume: Resume): void {
  writeRegularFile(join(folder, resumeFile), `${JSON.stringify(resume)}\n`, { followsLinks: false });
}

export function removeResume(folder: string): void {
  rmSync(join(folder, resumeFile), { force: true });
}
