import type { Json, JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Collection } from "./read-collection.ts";
import type { Passage } from "./search-output.ts";

/** The properties of a passage. Each one that is not set is found by its usual names. */
export interface PassageProperties {
  /** @default the first of `content`, `text`, `body`, `chunk`, `passage` and the like; else the longest text */
  readonly text?: string;
  /** @default the first of `title`, `name`, `heading`, `headline` */
  readonly title?: string;
  /** @default the first of `url`, `source`, `link`, `path`, `file` and the like */
  readonly source?: string;
}

const usual: { readonly [role in keyof PassageProperties]-?: RegExp } = {
  text: /^(content|text|body|chunk|passage|paragraph|page_?content|chunk_?text|document|answer|summary|description)$/i,
  title: /^(title|name|heading|headline|question|subject)$/i,
  source: /^(url|uri|source|link|href|path|file|file_?name|file_?path|doc_?id)$/i,
};

/** An object from either API: its id, its properties and its score or distance. */
export interface WireObject {
  readonly id: unknown;
  readonly properties: unknown;
  /** GraphQL writes a score as text. */
  readonly score?: unknown;
  readonly distance?: unknown;
}

/** Reads objects as passages, in the same order. Invalid objects are left out. */
export function readPassages(
  objects: readonly WireObject[],
  { properties: known }: Collection,
  given: PassageProperties,
): Passage[] {
  const names = known.map(({ name }) => name);
  const title = given.title ?? names.find((name) => usual.title.test(name));
  const source = given.source ?? names.find((name) => usual.source.test(name));
  return objects.flatMap(({ id, properties: found, score, distance }): Passage[] => {
    if (typeof id !== "string" || typeof found !== "object" || found === null) return [];
    const properties = Object.fromEntries(names.map((name) => [name, readPath(found, name) as Json | undefined]));
    const text = given.text ?? textProperty(properties, [title, source]);
    return [
      {
        id,
        text: text === undefined ? "" : textOf(properties[text]),
        ...(title !== undefined && isSaid(properties[title]) && { title: textOf(properties[title]) }),
        ...(source !== undefined && isSaid(properties[source]) && { source: textOf(properties[source]) }),
        ...readNumber("score", score),
        ...readNumber("distance", distance),
        properties: withoutEmpty(properties),
      },
    ];
  });
}

/** The property with a usual name for the text; else the one with the longest text, apart from title and source. */
function textProperty(properties: JsonObject, others: readonly (string | undefined)[]): string | undefined {
  const texts = Object.entries(properties).filter(([name, value]) => isSaid(value) && !others.includes(name));
  const named = texts.find(([name, value]) => usual.text.test(name) && typeof value === "string");
  if (named) return named[0];
  return texts
    .filter(([, value]) => typeof value === "string")
    .sort(([, a], [, b]) => String(b).length - String(a).length)[0]?.[0];
}

function isSaid(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== "";
}

function textOf(value: Json | undefined): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.map(textOf).join("\n") : JSON.stringify(value);
}

function readNumber<Name extends string>(name: Name, value: unknown): { [name in Name]?: number } {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return (typeof number === "number" && Number.isFinite(number) ? { [name]: number } : {}) as {
    [name in Name]?: number;
  };
}

function withoutEmpty(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined && value !== null));
}
