import type { Definition, Source } from "./definition.ts";

/** The page behind a source, and the day it was read where that is known. */
export function sourceOf(definition: Definition, source: Source): { url: string; asOf?: string } {
  if (typeof source !== "string") return { url: source[0], asOf: source[1] };
  const { sources } = definition;
  const page = sources && Object.hasOwn(sources, source) ? sources[source] : undefined;
  return page ? { url: page[0], asOf: page[1] } : { url: source };
}
