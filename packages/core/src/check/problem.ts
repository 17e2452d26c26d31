import type { z } from "zod";
import { maskKeys } from "../key-shapes.ts";

/** One mistake in a definition: where it is, and what to do. */
export type Problem = { path: string; message: string };

/** The issues of a schema, each with its place. */
export function toProblems({ issues }: z.core.$ZodError): Problem[] {
  return issues.map(sharpest).map(toProblem);
}

/** For a union, the issue of the closest alternative. */
function sharpest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const closest = issue.errors.find((branch) => branch.length > 0 && !branch.some(isOtherKind)) ?? [];
  const inner = closest[0];
  return inner ? sharpest({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

/** The whole value has another type than this alternative requires. */
function isOtherKind(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

function toProblem(issue: z.core.$ZodIssue): Problem {
  return masked({ path: issue.path.map(String).join("."), message: issue.message });
}

/** Somebody may have pasted a key instead of a name, and messages repeat names. */
export function masked({ path, message }: Problem): Problem {
  return { path: maskKeys(path), message: maskKeys(message) };
}
