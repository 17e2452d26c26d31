import type { Json } from "../json.ts";
import { readPath } from "../read-path.ts";

/** The ids of `{ data: [{ id }] }`; some endpoints answer with the bare list, or with `models`. */
export function modelIds(body: Json): string[] {
  const list = Array.isArray(body) ? body : (readPath(body, "data") ?? readPath(body, "models"));
  if (!Array.isArray(list)) throw new Error("The answer contains no list of models.");
  return list.map((entry) => readPath(entry, "id") ?? readPath(entry, "name")).filter((id) => typeof id === "string");
}
