/** Any JSON value, as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A JSON object; a field whose value is `undefined` is absent. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Is this value of the wire an object, and no list? */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
