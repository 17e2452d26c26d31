import { FileRefusal, readRegularText } from "@llm-provider/core/internal/files";
import type { InspectedRequest } from "./inspected-request.ts";
import type { InspectorSource } from "./inspector-source.ts";

/** The most bytes of a file. */
const largest = 512 * 1024 * 1024;

/** A line that is not a request, with the reason. */
export interface KeptProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * Reads a file that `--keep` wrote.
 * @throws Error if the file is missing; FileRefusal if it is not a regular file.
 */
export function readKeptFile(path: string, name: string = path): { source: InspectorSource; problems: KeptProblem[] } {
  const text = readRegularText(path, { name, largest });
  if (text === undefined) throw new FileRefusal(`There is no file ${name}.`, 2);
  const kept = new Map<string, InspectedRequest>();
  const problems: KeptProblem[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = readKeptLine(line);
    if (typeof read === "string") problems.push({ line: index + 1, message: read });
    else kept.set(read.row.id, read);
  }
  return {
    source: {
      rows: () => [...kept.values()].map(({ row }) => row),
      row: (id) => kept.get(id)?.row,
      find: async (id) => kept.get(id),
      health: async () => ({ targets: [], clients: [] }),
    },
    problems,
  };
}

/** Parses a line. Returns the reason if it is not a request. */
export function readKeptLine(line: string): InspectedRequest | string {
  let read: Partial<InspectedRequest> | null;
  try {
    read = JSON.parse(line) as Partial<InspectedRequest> | null;
  } catch {
    return "It is not valid JSON.";
  }
  if (typeof read !== "object" || read === null) return "It is not an object.";
  const { version, row, sent, attempts, targets } = read;
  if (version !== 1) return "Its `version` is not 1.";
  if (typeof row?.id !== "string" || typeof row.time !== "string" || typeof row.model !== "string")
    return "Its `row` is not the line of a request.";
  if (!Array.isArray(row.attempts) || typeof sent?.text !== "string") return "Its `row` or `sent` is incomplete.";
  if (!Array.isArray(attempts) || !attempts.every(isAttempt)) return "Its `attempts` are incomplete.";
  return Array.isArray(targets) ? (read as InspectedRequest) : "Its `targets` are missing.";
}

function isAttempt(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { target, headers, difference, changes, notes } = value as Partial<InspectedRequest["attempts"][number]>;
  const lists = [difference, changes, notes];
  return typeof target === "string" && typeof headers === "object" && headers !== null && lists.every(Array.isArray);
}
