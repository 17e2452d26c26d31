import type { Json, JsonObject } from "@llm-provider/core";
import { closestName } from "@llm-provider/core/internal";
import type { Collection, Property } from "./read-collection.ts";
import { wrongSearch } from "./search-error.ts";
import type { SearchFilter } from "./search-input.ts";

/** The field of a condition for the values of each type (docs.weaviate.io/weaviate/api/graphql/filters, read 2026-11-29). */
const fields: { readonly [type: string]: { readonly field: string; readonly takes: (value: unknown) => boolean } } = {
  text: { field: "valueText", takes: (value) => typeof value === "string" },
  uuid: { field: "valueText", takes: (value) => typeof value === "string" },
  int: { field: "valueInt", takes: Number.isSafeInteger },
  number: { field: "valueNumber", takes: Number.isFinite },
  boolean: { field: "valueBoolean", takes: (value) => typeof value === "boolean" },
  date: { field: "valueDate", takes: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)) },
};

/** The conditions as Weaviate's `where`, in the REST form, which has separate fields for lists of values. Undefined without conditions. */
export function toWhere(filters: readonly SearchFilter[], collection: Collection): JsonObject | undefined {
  const operands = filters.map((filter) => toCondition(filter, collection));
  return operands.length > 1 ? { operator: "And", operands } : operands[0];
}

function toCondition({ property: name, operator, value }: SearchFilter, collection: Collection): JsonObject {
  const property = findProperty(name, collection);
  if (operator === "IsNull") {
    if (typeof value !== "boolean")
      throw wrongValue(name, "true or false, since IsNull asks whether the value is missing");
    return { operator, path: [name], valueBoolean: value };
  }
  const type = property.type.replace("[]", "");
  const { field, takes } = fields[type]!;
  const wantsList = operator.startsWith("Contains");
  const values: readonly Json[] = Array.isArray(value) ? value : [value as Json];
  if (!wantsList && Array.isArray(value))
    throw wrongValue(name, `a single value, since ${operator} takes no list; ContainsAny does`);
  if (!values.every(takes)) throw wrongValue(name, `a value of its type, which is ${type}`);
  if (operator === "Like" && type !== "text")
    throw wrongSearch(`Like works on text, but ${name} has the type ${type}.`, "Use Equal or a comparison.");
  const sent = type === "date" ? values.map((one) => new Date(String(one)).toISOString()) : values;
  return { operator, path: [name], ...(wantsList ? { [`${field}Array`]: sent } : { [field]: sent[0] }) };
}

function findProperty(name: string, { name: collection, properties }: Collection): Property {
  const filterable = properties.filter(({ isFilterable }) => isFilterable).map((property) => property.name);
  const property = properties.find((one) => one.name === name);
  if (property?.isFilterable) return property;
  const meant = closestName(name, filterable);
  throw wrongSearch(
    property
      ? `${name} of ${collection} is not indexed for filters.`
      : `${collection} has no property ${name} that a condition can name.`,
    meant ? `Did you mean ${meant}?` : `Conditions can name: ${filterable.join(", ") || "none of its properties"}.`,
  );
}

function wrongValue(name: string, wanted: string): Error {
  return wrongSearch(`The condition on ${name} needs ${wanted}.`, "Correct the condition and call the tool again.");
}
