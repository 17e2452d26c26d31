import type { JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { searchObjects, type TwinQuery } from "./search-objects.ts";
import type { TwinCollection } from "./twin-collection.ts";
import { TwinRefusal } from "./twin-refusal.ts";

const reserved = ["singlePrompt", "groupedTask", "groupBy", "numberOfGroups", "objectsPerGroup", "rerank"];

/**
 * Answers `POST /v1/search/{collection}/bm25` and `…/hybrid` as openapi-specs/schema.json of Weaviate 1.40.0-dev describes
 * them (snapshot of 2026-08-20, read 2026-11-29).
 */
export function answerSearch(
  body: JsonObject,
  kind: "bm25" | "hybrid",
  name: string,
  collections: ReadonlyMap<string, TwinCollection>,
): object {
  const early = reserved.find((field) => body[field] !== undefined && body[field] !== null);
  if (early !== undefined) throw new TwinRefusal(422, `${early} is not yet supported`);
  const collection = findCollection(name, collections);
  const { query, limit } = body;
  if (query === undefined || query === null) throw new TwinRefusal(422, "body.query in body is required");
  if (typeof query !== "string" || query === "") throw new TwinRefusal(400, "query must not be empty");
  if (typeof limit === "number" && limit < 0) throw new TwinRefusal(400, `limit must not be negative, got ${limit}`);
  const properties = new Set(collection.properties.map((property) => property.name));
  const selected = (body["returnProperties"] ?? [...properties]) as readonly string[];
  const wrong = selected.find((property) => !properties.has(property));
  if (wrong !== undefined)
    throw new TwinRefusal(400, `no such prop with name '${wrong}' found in class '${name}' in the schema`);
  const hits = searchObjects(collection, {
    kind,
    query,
    alpha: body["alpha"] as number | undefined,
    properties: body["queryProperties"] as readonly string[] | undefined,
    fusion: body["fusionType"] as TwinQuery["fusion"],
    where: (body["where"] ?? undefined) as JsonObject | undefined,
    limit: limit as number | undefined,
    offset: body["offset"] as number | undefined,
    tenant: body["tenant"] as string | undefined,
  });
  const wantsScore = [readPath(body, "returnMetadata")].flat().includes("score");
  return {
    results: hits.map(({ object, score }) => ({
      id: object.id,
      properties: Object.fromEntries(
        selected.flatMap((property) =>
          object.properties[property] === undefined ? [] : [[property, object.properties[property]]],
        ),
      ),
      ...(wantsScore && { metadata: { score } }),
    })),
    tookMs: 1,
  };
}

/** Finds a collection. A lower-case first letter is accepted for a capital one. */
export function findCollection(name: string, collections: ReadonlyMap<string, TwinCollection>): TwinCollection {
  const collection = collections.get(name) ?? collections.get(name.charAt(0).toUpperCase() + name.slice(1));
  if (!collection) throw new TwinRefusal(404, `could not find collection ${name} in schema`);
  return collection;
}
