import type { JsonObject } from "@llm-provider/core";
import { z } from "zod";
import type { CheckResult } from "../results/results.ts";

/** Checks that the whole answer, or its only fenced block, is JSON that matches the schema. */
export function findJson(text: string, schema: JsonObject | undefined): Pick<CheckResult, "pass" | "reason"> {
  const trimmed = text.trim();
  const [, block] = /^(?:`{3,}|~{3,})(?:json)?\s*\n(.*?)\n\s*(?:`{3,}|~{3,})$/is.exec(trimmed) ?? [];
  let value: unknown;
  try {
    value = JSON.parse(block ?? trimmed);
  } catch (error) {
    return { pass: false, reason: `It is not valid JSON: ${(error as Error).message.slice(0, 200)}` };
  }
  if (!schema) return { pass: true };
  try {
    const checked = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value);
    if (checked.success) return { pass: true };
    const told = checked.error.issues.slice(0, 3).map(({ path, message }) => `${path.join(".") || "It"}: ${message}`);
    return { pass: false, reason: told.join("; ") };
  } catch (error) {
    // Zod is recursive, so deeply nested JSON overflows the stack.
    return { pass: false, reason: `It cannot be checked: ${(error as Error).message.slice(0, 200)}` };
  }
}
