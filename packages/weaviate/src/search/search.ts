import { ProviderError, type JsonObject, type Provider, type ToolContext } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { readCollection, type Collection } from "./read-collection.ts";
import { readPassages, type PassageProperties, type WireObject } from "./read-passages.ts";
import { createSend, invalid, type Send } from "./request-json.ts";
import { graphqlError, wrongSearch } from "./search-error.ts";
import type { SearchRequest } from "./search-input.ts";
import type { SearchOutput } from "./search-output.ts";
import { readGraphql, toGraphql, type WireSearch } from "./to-graphql.ts";
import { toWhere } from "./to-where.ts";

/** Turns a query into a vector. */
export type Embed =
  | { readonly provider: Pick<Provider, "embed">; readonly model: string; readonly dimensions?: number }
  | ((query: string, options: { signal?: AbortSignal }) => Promise<readonly number[]>);

/** What is settled for every search, whatever a model asks for. */
export interface SearchSettings {
  /** The only collection that is searched; the tool then takes no other name. */
  readonly collection?: string;
  /** The only tenant that is searched; the tool then takes no other name. */
  readonly tenant?: string;
  /**
   * Makes the vector of a query. The stored vectors must be of the same model.
   * @default Weaviate's own vectorizer, where the collection has one
   */
  readonly embed?: Embed;
  /** The named vector to search. @default the only one */
  readonly targetVector?: string;
  /** Which properties are the text, the title and the source of a passage. */
  readonly properties?: PassageProperties;
}

/** One search. Reads and never writes. */
export async function search(
  request: SearchRequest,
  settings: SearchSettings,
  context: ToolContext,
): Promise<SearchOutput> {
  const send = createSend(context);
  const collection = await readCollection(settings.collection ?? request.collection, send);
  const wire = await toWire(request, settings, collection, context);
  const objects = await requestObjects(wire, send);
  const passages = readPassages(objects, collection, settings.properties ?? {});
  return {
    request,
    collection: collection.name,
    mode: wire.mode,
    passages,
    isFull: passages.length >= request.limit,
    ignored: request.alpha !== undefined && wire.mode === "bm25" && request.alpha > 0 ? ["alpha"] : [],
  };
}

async function toWire(
  request: SearchRequest,
  settings: SearchSettings,
  collection: Collection,
  { signal }: ToolContext,
): Promise<WireSearch> {
  const { query, alpha, limit } = request;
  const tenant = settings.tenant ?? request.tenant;
  if (collection.hasTenants !== (tenant !== undefined))
    throw wrongSearch(
      collection.hasTenants
        ? `${collection.name} has tenants, and none was named.`
        : `${collection.name} has no tenants.`,
      collection.hasTenants ? "Name one as `tenant`." : "Leave `tenant` out.",
    );
  const where = toWhere(request.filters ?? [], collection);
  const hasWords = collection.properties.some(({ isSearchable }) => isSearchable);
  // With alpha 0 the vector counts for nothing, so none is made.
  const vector = settings.embed && !(alpha === 0 && hasWords) ? await embed(settings.embed, query, signal) : undefined;
  const isVectorOnly = vector !== undefined && (alpha === 1 || !hasWords);
  const isHybrid = vector !== undefined || (collection.hasVectorizer && alpha !== 0);
  const mode = isVectorOnly ? "vector" : isHybrid ? "hybrid" : "bm25";
  const target = mode === "bm25" ? undefined : targetOf(settings, collection);
  const properties = collection.properties.map(({ name }) => name);
  return { collection: collection.name, properties, query, mode, alpha, vector, target, where, limit, tenant };
}

async function embed(by: Embed, query: string, signal: AbortSignal | undefined): Promise<readonly number[]> {
  const options = signal === undefined ? {} : { signal };
  if (typeof by === "function") return by(query, options);
  const { provider, model, dimensions } = by;
  const { embeddings } = await provider.embed(
    { model, input: query, ...(dimensions !== undefined && { dimensions }) },
    options,
  );
  return embeddings[0] ?? [];
}

function targetOf({ targetVector }: SearchSettings, { name, vectors }: Collection): string | undefined {
  if (targetVector !== undefined || vectors.length <= 1) return targetVector ?? vectors[0];
  throw wrongSearch(
    `${name} has several vectors: ${vectors.join(", ")}.`,
    "Whoever set this tool up must name one as `targetVector`. Ask with alpha 0 to search by words alone.",
  );
}

/**
 * The REST Search API (on by default since Weaviate 1.39.7), and GraphQL where a server has none: it is deprecated since
 * 2026-10-26, and new clusters of Weaviate Cloud have it switched off (docs.weaviate.io/weaviate/api/graphql/migration,
 * 2026-11-29). A vector of one's own goes over GraphQL alone: the REST API takes none.
 */
async function requestObjects(search: WireSearch, send: Send): Promise<readonly WireObject[]> {
  if (search.vector === undefined) {
    try {
      return await requestByRest(search, send);
    } catch (error) {
      if (!isWithoutRest(error)) throw error;
    }
  }
  const body = await send("POST", "/v1/graphql", { query: toGraphql(search) });
  const errors = readPath(body, "errors");
  if (Array.isArray(errors) && errors.length > 0) throw graphqlError(body);
  const objects = readGraphql(body, search.collection);
  if (!objects) throw unexpected();
  return objects.map((object) => ({
    id: readPath(object, "_additional.id"),
    properties: object,
    score: readPath(object, "_additional.score"),
    distance: readPath(object, "_additional.distance"),
  }));
}

async function requestByRest(search: WireSearch, send: Send): Promise<readonly WireObject[]> {
  const { collection, properties, query, mode, alpha, target, where, limit, tenant } = search;
  const body: JsonObject = {
    query,
    limit,
    returnProperties: properties,
    returnMetadata: ["score"],
    ...(where && { where }),
    ...(tenant !== undefined && { tenant }),
    ...(mode === "hybrid" && alpha !== undefined && { alpha }),
    ...(mode === "hybrid" && target !== undefined && { targetVector: target }),
  };
  const results = readPath(await send("POST", `/v1/search/${collection}/${mode}`, body), "results");
  if (!Array.isArray(results)) throw unexpected();
  return results.map((result) => ({
    id: readPath(result, "id"),
    properties: readPath(result, "properties"),
    score: readPath(result, "metadata.score"),
  }));
}

/** An older server does not know the path, and says so in another form than of an unknown collection; another has it switched off. */
function isWithoutRest(error: unknown): boolean {
  if (!ProviderError.is(error)) return false;
  const isUnknownPath = (error.status === 404 || error.status === 405) && !Array.isArray(readPath(error.body, "error"));
  return isUnknownPath || (error.status === 422 && /rest search api.*not enabled/i.test(error.message));
}

function unexpected(): ProviderError {
  return invalid("Weaviate sent an answer without a list of objects.", "Look whether the base URL is Weaviate's.");
}
