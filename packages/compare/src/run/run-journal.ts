import { createHash } from "node:crypto";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readRegularText, writeRegularFile } from "@llm-provider/core/internal/files";
import type { RunResult } from "../results/results.ts";
import type { Suite } from "../suite/suite.ts";

/** The name of the file, in the folder of the report. */
export const journalFile = "resume.jsonl";

/** Bytes: thousands of long answers. */
const largest = 512 * 1024 * 1024;

/** Keeps each run on disk as it ends, so that a comparison that was stopped can go on and asks nothing twice. */
export class RunJournal {
  readonly #path: string;
  /** Runs that were here before. */
  readonly earlier: readonly RunResult[];

  private constructor(path: string, earlier: readonly RunResult[]) {
    this.#path = path;
    this.earlier = earlier;
  }

  /**
   * Begins a journal in this folder, which must exist, or continues the one that is there.
   * @throws A sentence, where there is nothing to go on with, or it belongs to another suite.
   */
  static open(folder: string, suite: Suite, isResumed: boolean): RunJournal {
    const path = join(folder, journalFile);
    const head = { version: 1, suite: hashOf(suite) };
    if (!isResumed) {
      if (readRegularText(path, { name: journalFile, largest, followsLinks: false }) !== undefined)
        throw new Error(
          `A comparison that was stopped is in ${folder}. Go on with it by \`--resume\`, or delete ${journalFile} there to start again.`,
        );
      writeRegularFile(path, `${JSON.stringify(head)}\n`, { followsLinks: false });
      return new RunJournal(path, []);
    }
    const text = readRegularText(path, { name: journalFile, largest, followsLinks: false });
    if (text === undefined)
      throw new Error(`There is no ${journalFile} in ${folder}, so there is nothing to go on with.`);
    const [first, ...rest] = text.split("\n").flatMap(parseLine) as [typeof head | undefined, ...RunResult[]];
    if (first?.version !== 1) throw new Error(`${journalFile} in ${folder} is damaged. Delete it and start again.`);
    if (first.suite !== head.suite)
      throw new Error(
        `The suite has changed since ${journalFile} in ${folder} was written. Start again without \`--resume\`.`,
      );
    const runs = rest.filter(
      ({ model, task, run }) => typeof model === "string" && typeof task === "string" && run > 0,
    );
    // A line that was cut off by the end of the process would spoil the next one.
    writeRegularFile(path, [first, ...runs].map((one) => `${JSON.stringify(one)}\n`).join(""), { followsLinks: false });
    return new RunJournal(path, runs);
  }

  /** Adds a run that has ended. */
  add(run: RunResult): void {
    appendFileSync(this.#path, `${JSON.stringify(run)}\n`);
  }

  /** Removes the file, since every run has ended. */
  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

function parseLine(line: string): unknown[] {
  try {
    return line === "" ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}

/** The questions, and the checks of their answers. */
function hashOf({ tasks }: Suite): string {
  return createHash("sha256")
    .update(JSON.stringify(tasks.map((task) => ({ ...task, twin: [] }))))
    .digest("hex");
}
