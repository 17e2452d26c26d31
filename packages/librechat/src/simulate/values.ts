import type { Json } from "@llm-provider/core";

export type Values = { [name: string]: Json | undefined };

/** A value as a mapping of names; `undefined` for anything else. */
export function asValues(value: Json | undefined): Values | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : undefined;
}
