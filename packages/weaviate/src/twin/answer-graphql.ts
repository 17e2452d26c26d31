import type { JsonObject } from "@llm-provider/core";
import { type FieldNode, GraphQLError, Kind, parse, type SelectionNode, valueFromASTUntyped } from "graphql";
import { searchObjects, type Hit } from "./search-objects.ts";
import type { TwinCollection } from "./twin-collection.ts";
import { TwinRefusal } from "./twin-refusal.ts";

const known = ["bm25", "hybrid", "nearVector", "where", "limit", "offset", "tenant", "after", "consistencyLevel"];
const metadata = ["id", "score", "distance", "certainty", "vector", "explainScore"];

/** Answers `POST /v1/graphql`. Like Weaviate, it reports errors in a query inside a 200. */
export function answerGraphql(
  { query, variables }: { query?: unknown; variables?: unknown },
  collections: ReadonlyMap<string, TwinCollection>,
): object {
  try {
    const found: { [collection: string]: object[] } = {};
    for (const field of getFields(String(query))) {
      const collection = collections.get(field.name.value);
      if (!collection) throw unknownField(field.name.value, "GetObjectsObj");
      found[field.name.value] = answerField(field, collection, variables as JsonObject | undefined);
    }
    return { data: { Get: found } };
  } catch (error) {
    if (error instanceof GraphQLError)
      return { data: null, errors: [{ message: error.message, locations: error.locations ?? [] }] };
    if (!(error instanceof TwinRefusal)) throw error;
    return {
      data: { Get: null },
      errors: [{ message: error.message, path: ["Get"], locations: [{ line: 1, column: 3 }] }],
    };
  }
}

function getFields(query: string): FieldNode[] {
  const document = parse(query, { noLocation: false, maxTokens: 100_000 });
  const fields = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? fieldsOf(definition.selectionSet.selections) : [],
  );
  const other = fields.find(({ name }) => name.value !== "Get");
  if (other) throw unknownField(other.name.value, "WeaviateObj");
  return fields.flatMap(({ selectionSet }) => fieldsOf(selectionSet?.selections ?? []));
}

function fieldsOf(selections: readonly SelectionNode[]): FieldNode[] {
  return selections.filter((selection) => selection.kind === Kind.FIELD);
}

function answerField(field: FieldNode, collection: TwinCollection, variables: JsonObject | undefined): object[] {
  const given = Object.fromEntries(
    (field.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables as never)]),
  ) as JsonObject;
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new TwinRefusal(422, `Unknown argument "${unknown}" on field "${collection.name}" of type "GetObjectsObj".`);
  const kinds = (["bm25", "hybrid", "nearVector"] as const).filter((kind) => given[kind] !== undefined);
  const [kind = "bm25"] = kinds;
  if (kinds.length !== 1)
    throw new TwinRefusal(422, "The twin answers a query with one of bm25, hybrid and nearVector.");
  const operator = given[kind] as JsonObject & { fusionType?: string };
  const selected = fieldsOf(field.selectionSet?.selections ?? []);
  const properties = new Set(collection.properties.map(({ name }) => name));
  const wrong = selected.find(({ name }) => name.value !== "_additional" && !properties.has(name.value));
  if (wrong) throw unknownField(wrong.name.value, collection.name);
  const extra = selected
    .filter(({ name }) => name.value === "_additional")
    .flatMap(({ selectionSet }) => fieldsOf(selectionSet?.selections ?? []).map(({ name }) => name.value));
  const odd = extra.find((name) => !metadata.includes(name));
  if (odd !== undefined) throw unknownField(odd, `${collection.name}AdditionalProps`);
  const hits = searchObjects(collection, {
    ...operator,
    kind,
    fusion: operator.fusionType === "rankedFusion" ? "ranked" : "relativeScore",
    where: given["where"] as JsonObject | undefined,
    limit: given["limit"] as number | undefined,
    offset: given["offset"] as number | undefined,
    tenant: given["tenant"] as string | undefined,
  });
  return hits.map((hit) => ({
    ...Object.fromEntries(
      selected.flatMap(({ name }) =>
        name.value === "_additional" ? [] : [[name.value, hit.object.properties[name.value] ?? null]],
      ),
    ),
    ...(extra.length > 0 && { _additional: Object.fromEntries(extra.map((name) => [name, metadataOf(hit, name)])) }),
  }));
}

/** GraphQL returns a score as text, which is empty if the search makes no scores. */
function metadataOf({ object, score, distance }: Hit, name: string): unknown {
  if (name === "id") return object.id;
  if (name === "score") return score === undefined ? "" : String(score);
  if (name === "distance") return distance ?? null;
  if (name === "certainty") return distance === undefined ? null : 1 - distance / 2;
  return name === "vector" ? (object.vector ?? []) : "";
}

function unknownField(field: string, type: string): TwinRefusal {
  return new TwinRefusal(422, `Cannot query field "${field}" on type "${type}".`);
}
