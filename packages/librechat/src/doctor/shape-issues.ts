import { checkOutline, type ShapeIssue } from "./check-outline.ts";
import { configOutline } from "./config-outline.ts";
import type { Subject } from "./rule.ts";

const known = new WeakMap<object, ShapeIssue[]>();

/** Everything in which a file departs from LibreChat's schema; computed once for a subject. */
export function shapeIssues(subject: Subject): ShapeIssue[] {
  const issues = known.get(subject) ?? checkOutline(subject.config, configOutline);
  known.set(subject, issues);
  return issues;
}
