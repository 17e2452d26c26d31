import type { Json } from "../json.ts";
import { readPath } from "../read-path.ts";
import { toText } from "./match-error-rule.ts";

/** A hint with its holes filled from the error's body: `{detail.0.loc}` → `body.user`. A hole whose field is missing stays a hole. */
export function fillHint(hint: string, body: Json): string {
  return hint.replaceAll(/\{(\w+(?:\.\w+)+)\}/g, (hole, path: string) => {
    const value = readPath(body, path);
    if (Array.isArray(value)) return value.map(toText).join(".");
    return typeof value === "string" || typeof value === "number" ? String(value) : hole;
  });
}
