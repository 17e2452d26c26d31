import { type JsonObject, ProviderError } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { WireObject } from "./read-passages.ts";
import { invalid, type Send } from "./request-json.ts";
import { graphqlError } from "./search-error.ts";
import { readGraphql, toGraphql, type WireSearch } from "./to-graphql.ts";

/**
 * Searches with the REST Search API (on by default since Weaviate 1.39.7), or with GraphQL if the server does not have it. GraphQL has
 * been deprecated since 2026-10-26, and is switched off on new clusters of Weaviate Cloud
 * (docs.weaviate.io/weaviate/api/graphql/migration, 2026-11-29). A search with its own vector needs GraphQL: the REST API accepts none.
 */
export async function requestObjects(search: WireSearch, send: Send): Promise<readonly WireObject[]> {
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

/** An older server reports the path as unknown, in another form than an unknown collection; a newer one may have the API switched off. */
function isWithoutRest(error: unknown): boolean {
  if (!ProviderError.is(error)) return false;
  const isUnknownPath = (error.status === 404 || error.status === 405) && !Array.isArray(readPath(error.body, "error"));
  return isUnknownPath || (error.status === 422 && /rest search api.*not enabled/i.test(error.message));
}

function unexpected(): ProviderError {
  return invalid("Weaviate sent an answer without a list of objects.", "Check that the base URL is Weaviate's.");
}
