import type { Definition } from "../definition/definition.ts";
import { parseDuration } from "../parse-duration.ts";

/** How long the endpoint asks to wait, in milliseconds: `retry-after-ms`, `Retry-After` (seconds or a date), or the text of its error. */
export function readRetryAfter(
  definition: Definition,
  headers: Readonly<Record<string, string>>,
  message: string,
): number | undefined {
  const exact = headers["retry-after-ms"];
  if (exact !== undefined && isPositive(exact)) return Number(exact);
  const after = headers["retry-after"];
  if (after !== undefined) {
    if (isPositive(after)) return Number(after) * 1000;
    // Every date has a time of day. Without this check, two waits in one header would parse as a date.
    const date = /\d:\d\d/.test(after) ? Date.parse(after) : Number.NaN;
    if (!Number.isNaN(date)) return Math.max(0, date - Date.now());
  }
  const text = definition.limits?.waitText && message.match(definition.limits.waitText)?.[1];
  return text ? parseDuration(text) : undefined;
}

/** A negative wait is ignored. */
function isPositive(text: string): boolean {
  return text.trim() !== "" && Number(text) >= 0;
}
