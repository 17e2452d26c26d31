import type { When } from "./parameter-rule.ts";
import { readPath } from "../read-path.ts";

/** Does a rule hold for this request: its `models` and all of its `when`? */
export function ruleApplies(
  rule: { readonly models?: readonly string[] | RegExp; readonly when?: When },
  request: { readonly model: string; readonly [parameter: string]: unknown },
): boolean {
  const { models, when } = rule;
  // `search` and not `test`: a pattern with the g flag would remember where it stopped.
  if (models instanceof RegExp ? request.model.search(models) < 0 : models && !models.includes(request.model))
    return false;
  if (!when) return true;
  return Object.entries(when).every(([path, wanted]) => {
    const value = readPath(request, path) ?? null;
    return Array.isArray(wanted) ? wanted.some((one) => isSame(value, one)) : isSame(value, wanted);
  });
}

function isSame(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return value === wanted;
  return JSON.stringify(value) === JSON.stringify(wanted);
}
