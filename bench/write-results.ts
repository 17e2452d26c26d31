import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname } from "node:path";

/** The machine and the time of the run, for the page. */
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

/** Writes a script's results as JSON if `--json` asked for it. `began` describes the machine before the run. */
export function writeResults(file: string | undefined, began: Machine, results: object): void {
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...began, ...results }, null, 1)}\n`);
}
