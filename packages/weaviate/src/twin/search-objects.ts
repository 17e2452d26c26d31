import type { Json, JsonObject } from "@llm-provider/core";
import MiniSearch from "minisearch";
import { matchesWhere } from "./match-where.ts";
import { splitWords } from "./split-words.ts";
import { isSearchable, type StoredObject, type TwinCollection } from "./twin-collection.ts";
import { TwinRefusal } from "./twin-refusal.ts";

/** A search from either API. */
export interface TwinQuery {
  readonly kind: "bm25" | "hybrid" | "nearVector";
  readonly query?: string | undefined;
  readonly vector?: readonly number[] | undefined;
  /** @default 0.75 */
  readonly alpha?: number | undefined;
  /** The properties to search; `title^2` counts twice. @default every searchable property */
  readonly properties?: readonly string[] | undefined;
  /** @default "relativeScore" */
  readonly fusion?: "relativeScore" | "ranked" | undefined;
  readonly where?: JsonObject | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly tenant?: string | undefined;
}

export interface Hit {
  readonly object: StoredObject;
  readonly score?: number;
  readonly distance?: number;
}

/** How many candidates each half of a hybrid search contributes. */
const candidates = 100;

/** Weaviate ignores these words in a query: its preset `en`, which is Lucene's list. */
const stopwords = new Set(
  "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with".split(
    " ",
  ),
);

/** Finds the objects of a search, best first. */
export function searchObjects(collection: TwinCollection, query: TwinQuery): readonly Hit[] {
  const all = collection.objectsOf(query.tenant);
  const { where } = query;
  const objects = where ? all.filter(({ properties, id }) => matchesWhere(where, { properties, id }, collection)) : all;
  const start = query.offset ?? 0;
  return hitsOf(collection, objects, query).slice(start, start + (query.limit || 10));
}

function hitsOf(collection: TwinCollection, objects: readonly StoredObject[], query: TwinQuery): readonly Hit[] {
  if (query.kind === "nearVector") return byDistance(objects, query.vector ?? []);
  const text = query.query ?? "";
  if (query.kind === "bm25") return byWords(collection, objects, text, query.properties);
  const alpha = query.alpha ?? 0.75;
  if (!(alpha >= 0 && alpha <= 1)) throw new TwinRefusal(400, `alpha should be between 0.0 and 1.0, got ${alpha}`);
  const words = alpha < 1 ? byWords(collection, objects, text, query.properties).slice(0, candidates) : [];
  const near = alpha > 0 ? byDistance(objects, query.vector ?? collection.vectorOf(text)).slice(0, candidates) : [];
  return fuse(words, near, alpha, query.fusion ?? "relativeScore");
}

/** BM25 with Weaviate's k1 and b. The scores of the fields are added up. */
function byWords(
  { name, properties }: TwinCollection,
  objects: readonly StoredObject[],
  query: string,
  asked: readonly string[] | undefined,
): readonly Hit[] {
  const searchable = properties.filter(isSearchable).map((property) => property.name);
  const boosts = Object.fromEntries(
    (asked?.length ? asked : searchable).map((entry) => {
      const [field = "", boost = "1"] = entry.split("^");
      if (!searchable.includes(field))
        throw new TwinRefusal(422, `property ${field} of ${name} has no searchable index`);
      return [field, Number(boost)];
    }),
  );
  const index = new MiniSearch<StoredObject>({
    fields: Object.keys(boosts),
    extractField: ({ id, properties: found }, field) => (field === "id" ? id : wordsOf(found[field]).join(" ")),
    tokenize: splitWords,
  });
  index.addAll(objects);
  const byId = new Map(objects.map((object) => [object.id, object]));
  const terms = splitWords(query).filter((word) => !stopwords.has(word));
  return index
    .search(terms.join(" "), { boost: boosts, bm25: { k: 1.2, b: 0.75, d: 0 }, combineWith: "OR" })
    .map(({ id, score }) => ({ object: byId.get(id as string)!, score }));
}

/** Sorts by cosine distance, like Weaviate's default index. */
function byDistance(objects: readonly StoredObject[], vector: readonly number[]): readonly Hit[] {
  return objects
    .flatMap((object) => (object.vector ? [{ object, distance: 1 - cosine(object.vector, vector) }] : []))
    .sort((a, b) => a.distance - b.distance);
}

function cosine(stored: readonly number[], asked: readonly number[]): number {
  if (stored.length !== asked.length)
    throw new TwinRefusal(500, `vector search: vector lengths don't match: ${stored.length} vs ${asked.length}`);
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, one, at) => sum + one * b[at]!, 0);
  const norm = Math.sqrt(dot(stored, stored) * dot(asked, asked));
  return norm === 0 ? 0 : dot(stored, asked) / norm;
}

/** The two kinds of fusion, as docs.weaviate.io/weaviate/api/graphql/search-operators describes them (2026-11-29). */
function fuse(
  words: readonly Hit[],
  near: readonly Hit[],
  alpha: number,
  way: "relativeScore" | "ranked",
): readonly Hit[] {
  const totals = new Map<string, { object: StoredObject; score: number }>();
  for (const [hits, weight] of [
    [words, 1 - alpha],
    [near, alpha],
  ] as const) {
    const values = hits.map(({ score, distance = 0 }) => score ?? 1 - distance);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    for (const [rank, { object }] of hits.entries()) {
      const relative = high === low ? 1 : (values[rank]! - low) / (high - low);
      const score = weight * (way === "ranked" ? 1 / (rank + 1 + 60) : relative);
      totals.set(object.id, { object, score: (totals.get(object.id)?.score ?? 0) + score });
    }
  }
  return [...totals.values()].sort((a, b) => b.score - a.score);
}

function wordsOf(value: Json | undefined): string[] {
  if (typeof value === "string") return splitWords(value);
  return Array.isArray(value) ? (value as readonly Json[]).flatMap(wordsOf) : [];
}
