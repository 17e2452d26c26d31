import type { Path } from "../config/config-path.ts";
import { isFatalIssue, shapeIssues, type ShapeIssue } from "./shape-issues.ts";

/** A part of a configuration that is moved, changed or removed (`undefined`). */
export type Change = readonly [path: Path, value: unknown];

type Values = { readonly [key: string]: unknown };

/**
 * Is a file better by LibreChat's schema after a change? It has fewer mistakes at which LibreChat stops, or as many and
 * fewer keys that it ignores. Only the parts of the file that the change touches are checked.
 */
export function isBetter(config: Values, changes: readonly Change[]): boolean {
  const tops = new Set(changes.map(([path]) => String(path[0])));
  const before = Object.fromEntries(Object.entries(config).filter(([key]) => tops.has(key)));
  const after = changes.reduce<unknown>((value, [path, part]) => withChange(value, path, part), before);
  const [old, edited] = [shapeIssues(before), shapeIssues(after as object)];
  const [oldStops, newStops] = [old, edited].map((issues) => issues.filter(isFatalIssue).length);
  if (newStops! !== oldStops!) return newStops! < oldStops!;
  return edited.length < old.length;
}

/** The remaining and new mistakes at a place and inside it. */
export function issuesInside(config: Values, changes: readonly Change[], place: Path): ShapeIssue[] {
  const after = changes.reduce<unknown>((value, [path, part]) => withChange(value, path, part), config);
  return shapeIssues(after as object).filter(({ path }) => place.every((step, index) => path[index] === step));
}

function withChange(value: unknown, [step, ...rest]: Path, part: unknown): unknown {
  if (step === undefined) return part;
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    const inner = withChange(copy[Number(step)], rest, part);
    if (inner === undefined) copy.splice(Number(step), 1);
    else copy[Number(step)] = inner;
    return copy;
  }
  const { [step]: old, ...others } = (typeof value === "object" && value !== null ? value : {}) as Values;
  const inner = withChange(old, rest, part);
  return inner === undefined ? others : { ...others, [step]: inner };
}
