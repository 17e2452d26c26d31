import type { Json } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import { readPath } from "../read-path.ts";
import type { Definition } from "../definition/definition.ts";

type Metadata = { [key: string]: Json | undefined };

type Found = Map<string, Json>;

export type MetadataCollector = {
  chunk(chunk: Json): void;
  result(headers: Readonly<Record<string, string>>): Metadata;
};

/** Collects the fields that a definition passes on, each with its last value. */
export function collectMetadata(fields: readonly MetadataField[]): MetadataCollector {
  const found: Found = new Map();
  return {
    chunk: (chunk) => take(fields, chunk, found),
    result(headers) {
      for (const { name, header } of fields) {
        const value = header === undefined ? undefined : headers[header];
        if (value !== undefined) found.set(name, value);
      }
      return Object.fromEntries(found);
    },
  };
}

function take(fields: readonly MetadataField[], chunk: Json, found: Found): void {
  for (let i = 0; i < fields.length; i++) {
    const { name, path, header } = fields[i]!;
    const value = header === undefined ? readPath(chunk, path) : undefined;
    if (value !== undefined && value !== null) found.set(name, limitDepth(value as Json));
  }
}

/** A field that is passed on: by its path on the wire, or by the name of a header in lower case. */
export type MetadataField = { readonly name: string; readonly path: readonly string[]; readonly header?: string };

const mark = "header:";

/** The wire fields and headers that a definition passes on. */
export function metadataFields({ metadata = [] }: Definition): MetadataField[] {
  return metadata.map((name) => ({
    name,
    path: name.split("."),
    ...(name.startsWith(mark) && { header: name.slice(mark.length).toLowerCase() }),
  }));
}
