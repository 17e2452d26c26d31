import { type Json, type JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";

/** Inputs that a schema does not admit: without what is required, and with values of another type. */
export function badInputs(schema: object | undefined, good: JsonObject): { at: string; input: Json }[] {
  const required = (readPath(schema, "required") ?? []) as readonly string[];
  const properties = (readPath(schema, "properties") ?? {}) as JsonObject;
  const missing = required.map((name) => ({
    at: `without ${name}`,
    input: Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)) as JsonObject,
  }));
  const wrong = Object.entries(properties).flatMap(([name, property]) => {
    const type = readPath(property, "type");
    if (typeof type !== "string") return [];
    return [{ at: `${name} of another type`, input: { ...good, [name]: type === "object" ? [] : { not: "this" } } }];
  });
  return [...missing, ...wrong, { at: "a list", input: [] }, { at: "null", input: null }];
}
