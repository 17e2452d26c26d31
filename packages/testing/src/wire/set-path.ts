import type { Json } from "@llm-provider/core";

/** A copy with a value at a dotted path, which is created if it is missing; existing values stay. */
export function setPath(json: Json | undefined, path: string | readonly string[], value: Json): Json {
  const [key, ...rest] = typeof path === "string" ? path.split(".") : path;
  if (key === undefined) return json ?? value;
  if (Array.isArray(json)) {
    const index = Number(key);
    return Number.isInteger(index) && index < json.length
      ? json.with(index, setPath(json[index] as Json, rest, value))
      : json;
  }
  if (json !== undefined && (typeof json !== "object" || json === null)) return json;
  const object = (json ?? {}) as { readonly [key: string]: Json | undefined };
  const current = Object.hasOwn(object, key) ? object[key] : undefined;
  return { ...object, [key]: setPath(current, rest, value) };
}
