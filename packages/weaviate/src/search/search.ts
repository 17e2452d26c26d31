import type { Provider, ToolContext } from "@llm-provider/core";
import { createScrubber } from "@llm-provider/core/internal";
import { readCollection, type Collection } from "./read-collection.ts";
import { readPassages, type PassageProperties } from "./read-passages.ts";
import { createSend } from "./request-json.ts";
import { requestObjects } from "./request-objects.ts";
import { wrongSearch } from "./search-error.ts";
import type { SearchRequest } from "./search-input.ts";
import type { SearchOutput } from "./search-output.ts";
import type { WireSearch } from "./to-graphql.ts";
import { toWhere } from "./to-where.ts";

/** Turns a query into a vector. */
export type Embed =
  | { readonly provider: Pick<Provider, "embed">; readonly model: string; readonly dimensions?: number }
  | ((query: string, options: { signal?: AbortSignal }) => Promise<readonly number[]>);

/** Fixed settings, which a model cannot change. */
export interface SearchSettings {
  /** The only collection to search. The tool's input then has no `collection`. */
  readonly collection?: string;
  /** The only tenant to search. The tool's input then has no `tenant`. */
  readonly tenant?: string;
  /**
   * Makes the vector of a query. The stored vectors must come from the same model.
   * @default Weaviate's own vectorizer, if the collection has one
   */
  readonly embed?: Embed;
  /** The named vector to search. @default the only one that fits */
  readonly targetVector?: string;
  /** Which properties are the text, the title and the source of a passage. */
  readonly properties?: PassageProperties;
}

/** Makes one search. It only reads. */
export async function search(
  request: SearchRequest,
  settings: SearchSettings,
  context: ToolContext,
): Promise<SearchOutput> {
  const send = createSend(context);
  const collection = await readCollection(settings.collection ?? request.collection, send);
  const wire = await toWire(request, settings, collection, context);
  const objects = await requestObjects(wire, send);
  // A stored text should not contain the key, but this makes sure.
  const scrub = createScrubber(context.apiKey === undefined ? [] : [context.apiKey]);
  const passages = scrub(readPassages(objects, collection, settings.properties ?? {}));
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
        ? `${collection.name} has tenants, but the search names none.`
        : `${collection.name} has no tenants.`,
      collection.hasTenants ? "Name one as `tenant`." : "Leave `tenant` out.",
    );
  const where = toWhere(request.filters ?? [], collection);
  const hasWords = collection.properties.some(({ isSearchable }) => isSearchable);
  // With alpha 0 the vector has no weight, so none is made.
  const vector = settings.embed && !(alpha === 0 && hasWords) ? await embed(settings.embed, query, signal) : undefined;
  const isVectorOnly = vector !== undefined && (alpha === 1 || !hasWords);
  const isHybrid = vector !== undefined || (collection.hasVectorizer && alpha !== 0);
  const mode = isVectorOnly ? "vector" : isHybrid ? "hybrid" : "bm25";
  const target = mode === "bm25" ? undefined : targetOf(settings, collection, vector !== undefined);
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

/** The named vector to search: the only one that fits, unless the settings name one. */
function targetOf(
  { targetVector }: SearchSettings,
  { name, vectors }: Collection,
  hasOwn: boolean,
): string | undefined {
  const fitting = vectors.filter(({ hasVectorizer }) => hasOwn || hasVectorizer).map((vector) => vector.name);
  if (targetVector !== undefined || fitting.length <= 1) return targetVector ?? fitting[0];
  throw wrongSearch(
    `${name} has several vectors: ${fitting.join(", ")}.`,
    "The operator of this tool must set one as `targetVector`. Use alpha 0 to search by words alone.",
  );
}
