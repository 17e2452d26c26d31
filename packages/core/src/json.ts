/** Any JSON value, as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A JSON object; a field whose value is `undefined` is absent. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Is this wire value an object and not a list? */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Does a wire value contain anything? Some gateways send an error with empty fields beside an answer. */
export function saysSomething(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.values(value).some(Boolean) : Boolean(value);
}
