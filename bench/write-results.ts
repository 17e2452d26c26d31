import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname } from "node:path";

/** On what and when it ran, for the page. */
export type Machine = { node: string; cpu: string; cores: number; load: number; date: string };

export function machine(): Machine {
  return {
    node: process.version,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    load: loadavg()[0]!,
    date: new Date().toISOString().slice(0, 10),
  };
}

/** Writes what a script found as JSON, where `--json` asked for it. `began` is the machine as it was before. */
export function writeResults(file: string | undefined, began: Machine, results: object): void {
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...began, ...results }, null, 1)}\n`);
}
