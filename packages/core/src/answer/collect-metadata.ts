import type { Definition } from "../definition/definition.ts";
import type { Json } from "../json.ts";
import { readPath } from "../read-path.ts";

export type MetadataCollector = {
  chunk(chunk: Json): void;
  result(headers: Readonly<Record<string, string>>): { [key: string]: Json | undefined };
};

/** Gathers the wire fields that the definition hands on: of each, the last value that came. */
export function collectMetadata(definition: Definition): MetadataCollector {
  const names = definition.metadata ?? [];
  const paths = names.filter((name) => !name.startsWith("header:")).map((name) => ({ name, path: name.split(".") }));
  const found: { [key: string]: Json | undefined } = {};
  return {
    chunk(chunk) {
      for (const { name, path } of paths) {
        const value = readPath(chunk, path);
        if (value !== undefined && value !== null) found[name] = value as Json;
      }
    },
    result(headers) {
      for (const name of names) {
        const value = name.startsWith("header:") ? headers[name.slice("header:".length).toLowerCase()] : undefined;
        if (value !== undefined) found[name] = value;
      }
      return found;
    },
  };
}
