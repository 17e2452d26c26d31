import { applyEdits, type Edit } from "../config/edit.ts";
import { findAll, type DoctorOptions } from "./diagnose.ts";
import type { Diagnostic } from "./rule.ts";

export type FixResult = { text: string; fixed: Diagnostic[]; left: Diagnostic[] };

/** Puts right what can be put right without a decision: misspelt names, duplicates, spellings of dropped parameters. */
export function fixConfig(source: string, options: DoctorOptions = {}): FixResult {
  const mark = source.startsWith("\uFEFF") ? "\uFEFF" : "";
  let text = source.slice(mark.length);
  const fixed: Diagnostic[] = [];
  // A fix may bring another to light: a key that is spelt right may be there twice.
  for (let round = 0; round < 20; round++) {
    const found = findAll(text, options);
    const edits: Edit[] = [];
    const done: Diagnostic[] = [];
    for (const { diagnostic, edits: own } of found) {
      if (!own || own.length === 0 || own.some((edit) => edits.some((other) => overlaps(edit, other)))) continue;
      edits.push(...own);
      done.push(diagnostic);
    }
    if (done.length === 0) return { text: mark + text, fixed, left: found.map(({ diagnostic }) => diagnostic) };
    text = applyEdits(text, edits);
    fixed.push(...done);
  }
  return { text: mark + text, fixed, left: findAll(text, options).map(({ diagnostic }) => diagnostic) };
}

/** Two insertions at one place also overlap: the second would not know of the first. */
function overlaps(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}
