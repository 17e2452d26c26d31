import type { Definition } from "../definition/definition.ts";

/** A field that is handed on: by its path on the wire, or by the name of a header in lower case. */
export type MetadataField = { readonly name: string; readonly path: readonly string[]; readonly header?: string };

const mark = "header:";

/** The wire fields and headers that a definition hands on. */
export function metadataFields({ metadata = [] }: Definition): MetadataField[] {
  return metadata.map((name) => ({
    name,
    path: name.split("."),
    ...(name.startsWith(mark) && { header: name.slice(mark.length).toLowerCase() }),
  }));
}
