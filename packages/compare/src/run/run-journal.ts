import { createHash } from "node:crypto";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readRegularText, writeRegularFile } from "@llm-provider/core/internal/files";
import type { RunResult } from "../results/results.ts";
import type { Suite } from "../suite/suite.ts";

/** The journal's file name in the report's folder. */
export const journalFile = "resume.jsonl";

/** Bytes, enough for thousands of long answers. */
const largest = 512 * 1024 * 1024;

/** Writes each finished run to disk, so that a stopped comparison can continue without repeating requests. */
export class RunJournal {
  readonly #path: string;
  /** Runs from before the interruption. */
  readonly earlier: readonly RunResult[];

  private constructor(path: string, earlier: readonly RunResult[]) {
    this.#path = path;
    this.earlier = earlier;
  }

  /**
   * Creates a journal in an existing folder, or continues the one in it.
   * @throws Error if the journal to continue is missing, damaged, or belongs to another suite, or if a new one would replace it.
   */
  static open(folder: string, suite: Suite, isResumed: boolean): RunJournal {
    const path = join(folder, journalFile);
    const head = { version: 1, suite: hashOf(suite) };
    if (!isResumed) {
      if (readRegularText(path, { name: journalFile, largest, followsLinks: false }) !== undefined)
        throw new Error(
          `${folder} contains an unfinished comparison. Continue it with \`--resume\`, or delete ${journalFile} there to start again.`,
        );
      writeRegularFile(path, `${JSON.stringify(head)}\n`, { followsLinks: false });
      return new RunJournal(path, []);
    }
    const text = readRegularText(path, { name: journalFile, largest, followsLinks: false });
    if (text === undefined) throw new Error(`There is no ${journalFile} in ${folder}, so there is nothing to resume.`);
    const [first, ...rest] = text.split("\n").flatMap(parseLine) as [typeof head | undefined, ...RunResult[]];
    if (first?.version !== 1) throw new Error(`${journalFile} in ${folder} is damaged. Delete it and start again.`);
    if (first.suite !== head.suite)
      throw new Error(
        `The suite has changed since ${journalFile} in ${folder} was written. Start again without \`--resume\`.`,
      );
    const runs = rest.filter(
      ({ model, task, run }) => typeof model === "string" && typeof task === "string" && run > 0,
    );
    // Rewriting drops a last line that was cut off when the process ended.
    writeRegularFile(path, [first, ...runs].map((one) => `${JSON.stringify(one)}\n`).join(""), { followsLinks: false });
    return new RunJournal(path, runs);
  }

  /** Adds a finished run. */
  add(run: RunResult): void {
    appendFileSync(this.#path, `${JSON.stringify(run)}\n`);
  }

  /** Removes the file once every run has finished. */
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

/** A hash of the tasks and their checks. Scripted answers do not count. */
function hashOf({ tasks }: Suite): string {
  return createHash("sha256")
    .update(JSON.stringify(tasks.map((task) => ({ ...task, twin: [] }))))
    .digest("hex");
}
