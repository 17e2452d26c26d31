import type { Json, JsonObject } from "./json.ts";

/**
 * A field of a wire object. Read here and not in place, since wire objects have many shapes: code that reads them is
 * compiled for the shapes it has seen, and again when another comes or a garbage collection took the last object of one.
 */
export function readField(object: object, name: string): Json | undefined {
  return (object as JsonObject)[name];
}
