import type { Json, JsonObject } from "./json.ts";

/**
 * A field of a wire object. Read here and not in place, since wire objects come in many shapes: a place that reads them is
 * compiled for the shapes it has seen, and anew when another comes or when a collection took the last object of one.
 */
export function readField(object: object, name: string): Json | undefined {
  return (object as JsonObject)[name];
}
