import { applyEdits } from "../config/edit.ts";
import { findAll, type DoctorOptions, type Found } from "./diagnose.ts";
import type { Diagnostic, Severity } from "./rule.ts";

export type FixResult = { text: string; fixed: Diagnostic[]; left: Diagnostic[] };

const severities: readonly Severity[] = ["error", "warning", "info"];

/**
 * Corrects mistakes that need no decision: misspelt names, duplicates, spellings of dropped parameters. A
 * change is kept only if the doctor then finds the file better: fewer errors, or as many and fewer warnings.
 */
export function fixConfig(source: string, options: DoctorOptions = {}): FixResult {
  const mark = source.startsWith("\uFEFF") ? "\uFEFF" : "";
  let text = source.slice(mark.length);
  let found = findAll(text, options);
  const fixed: Diagnostic[] = [];
  const refused = new Set<string>();
  for (;;) {
    const next = found.find((one) => one.edits?.length && !refused.has(nameOf(one)));
    if (!next) return { text: mark + text, fixed, left: found.map(({ diagnostic }) => diagnostic) };
    const edited = applyEdits(text, next.edits!);
    const after = findAll(edited, options);
    if (isBetter(found, after)) {
      text = edited;
      found = after;
      fixed.push(next.diagnostic);
    } else refused.add(nameOf(next));
  }
}

function nameOf({ diagnostic: { rule, line, column, message } }: Found): string {
  return `${rule} ${line}:${column} ${message}`;
}

function isBetter(before: readonly Found[], after: readonly Found[]): boolean {
  for (const severity of severities) {
    const [old, now] = [before, after].map(
      (found) => found.filter(({ diagnostic }) => diagnostic.severity === severity).length,
    );
    if (old !== now) return now! < old!;
  }
  return false;
}
