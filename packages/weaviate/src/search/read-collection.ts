import { ProviderError } from "@llm-provider/core";
import { closestName, readPath } from "@llm-provider/core/internal";
import type { Send } from "./request-json.ts";
import { wrongSearch } from "./search-error.ts";

/** A property of a collection that a search can read or filter by. */
export interface Property {
  readonly name: string;
  /** `text`, `text[]`, `int`, `number`, `boolean`, `date`, `uuid` and lists of them. */
  readonly type: string;
  /** Whether BM25 reads it. */
  readonly isSearchable: boolean;
  /** Whether filters may use it. */
  readonly isFilterable: boolean;
}

/** What a search must know about a collection. */
export interface Collection {
  readonly name: string;
  readonly properties: readonly Property[];
  /** Whether Weaviate itself makes the vector of a query. */
  readonly hasVectorizer: boolean;
  /** Its named vectors, and whether Weaviate makes each for a query. Empty if it has an unnamed vector or none. */
  readonly vectors: readonly { readonly name: string; readonly hasVectorizer: boolean }[];
  readonly hasTenants: boolean;
}

/**
 * Names are written into GraphQL queries, so those from the server are checked like those from a caller
 * (docs.weaviate.io/weaviate/config-refs/collections, 2026-11-29).
 */
const collectionName = /^[A-Z][_0-9A-Za-z]*$/;
const propertyName = /^[_A-Za-z][_0-9A-Za-z]*$/;
const plainType = /^(text|string|int|number|boolean|date|uuid)(\[\])?$/;

/** The collection that a request names, or the only existing one. */
export async function readCollection(asked: string | undefined, send: Send): Promise<Collection> {
  if (asked === undefined) {
    const collections = await readCollections(send);
    const [only] = collections;
    if (only && collections.length === 1) return only;
    throw wrongSearch(
      collections.length === 0
        ? "This Weaviate has no collection that can be read."
        : `Which collection? Choose one of: ${namesOf(collections)}.`,
      collections.length === 0
        ? "Create a collection, or check which ones the key may read."
        : "Name one as `collection`.",
    );
  }
  try {
    const collection = toCollection(await send("GET", `/v1/schema/${asked}`));
    if (collection) return collection;
    throw new ProviderError("Weaviate described the collection in an unexpected form.", {
      code: "invalid-response",
      provider: "weaviate",
      hint: "Check that the base URL is Weaviate's, without `/v1`.",
    });
  } catch (error) {
    if (!ProviderError.is(error) || error.status !== 404) throw error;
    // The key may be allowed to read one collection but not the list. The first error is then clear enough.
    const collections = await readCollections(send).catch(() => []);
    if (collections.length === 0) throw error;
    const meant = closestName(
      asked,
      collections.map(({ name }) => name),
    );
    throw wrongSearch(
      `There is no collection ${asked}. Choose one of: ${namesOf(collections)}.`,
      meant ? `Did you mean ${meant}?` : "Name one of them as `collection`.",
      "not-found",
    );
  }
}

/** All collections that the key may read. */
export async function readCollections(send: Send): Promise<Collection[]> {
  const classes = readPath(await send("GET", "/v1/schema"), "classes");
  return Array.isArray(classes) ? classes.flatMap((one) => toCollection(one) ?? []) : [];
}

function toCollection(schema: unknown): Collection | undefined {
  const name = readPath(schema, "class");
  if (typeof name !== "string" || !collectionName.test(name)) return undefined;
  const properties = readPath(schema, "properties");
  const vectorConfig = readPath(schema, "vectorConfig");
  const named = typeof vectorConfig === "object" && vectorConfig !== null ? Object.entries(vectorConfig) : [];
  const vectors = named
    .filter(([vector]) => propertyName.test(vector))
    .map(([vector, config]) => ({ name: vector, hasVectorizer: makesVectors(config) }));
  return {
    name,
    properties: Array.isArray(properties) ? properties.flatMap(toProperty) : [],
    hasVectorizer: isVectorizer(readPath(schema, "vectorizer")) || vectors.some((vector) => vector.hasVectorizer),
    vectors,
    hasTenants: readPath(schema, "multiTenancyConfig.enabled") === true,
  };
}

/** References, blobs and nested objects are left out, since GraphQL needs a sub-selection for them. */
function toProperty(schema: unknown): Property[] {
  const [name, type] = [readPath(schema, "name"), readPath(schema, "dataType.0")];
  if (typeof name !== "string" || !propertyName.test(name) || typeof type !== "string" || !plainType.test(type))
    return [];
  const isIndexed = readPath(schema, "indexInverted") !== false;
  return [
    {
      name,
      type: type.replace("string", "text"),
      isSearchable: isIndexed && /^(text|string)/.test(type) && readPath(schema, "indexSearchable") !== false,
      isFilterable: isIndexed && readPath(schema, "indexFilterable") !== false,
    },
  ];
}

function makesVectors(config: unknown): boolean {
  const vectorizer = readPath(config, "vectorizer");
  if (typeof vectorizer === "string") return isVectorizer(vectorizer);
  return typeof vectorizer === "object" && vectorizer !== null && Object.keys(vectorizer).some(isVectorizer);
}

/** Does this module make vectors of texts? `img2vec-…` and `ref2vec-…` do not (docs.weaviate.io/weaviate/modules, 2026-11-29). */
function isVectorizer(name: unknown): boolean {
  return typeof name === "string" && /^(text|multi)2/.test(name);
}

function namesOf(collections: readonly Collection[]): string {
  const names = collections.map(({ name }) => name);
  return names.length > 30 ? `${names.slice(0, 30).join(", ")} and ${names.length - 30} more` : names.join(", ");
}
