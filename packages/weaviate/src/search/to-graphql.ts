import type { Json, JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";

/** A search, independent of Weaviate's API. Its names were checked when the collection was read. */
export interface WireSearch {
  readonly collection: string;
  /** The properties to return. */
  readonly properties: readonly string[];
  readonly query: string;
  readonly mode: "bm25" | "hybrid" | "vector";
  readonly alpha?: number | undefined;
  /** The caller's own vector of the query. */
  readonly vector?: readonly number[] | undefined;
  /** The named vector to search. */
  readonly target?: string | undefined;
  readonly where?: JsonObject | undefined;
  readonly limit: number;
  readonly tenant?: string | undefined;
}

/** A GraphQL name or enum value, which is written without quotes. */
class Bare {
  readonly text: string;
  constructor(text: string) {
    if (!/^[_A-Za-z][_0-9A-Za-z]*$/.test(text)) throw new TypeError("This is not a valid GraphQL name.");
    this.text = text;
  }
}

type Literal = Json | Bare | readonly Literal[] | { readonly [name: string]: Literal | undefined };

/** Writes a search as a GraphQL query. All names are checked and all texts escaped here, so no request can break out of a literal. */
export function toGraphql(search: WireSearch): string {
  const { collection, properties, mode, limit, tenant, where } = search;
  const operator = mode === "vector" ? "nearVector" : mode;
  const argumentsText = fieldsText({
    [operator]: operatorOf(search),
    where: where && toLiteral(where),
    tenant,
    limit,
  });
  const fields = properties.map((property) => new Bare(property).text).join(" ");
  const metadata = mode === "vector" ? "id distance" : "id score";
  return `{ Get { ${new Bare(collection).text}(${argumentsText}) { ${fields} _additional { ${metadata} } } } }`;
}

function operatorOf({ mode, query, alpha, vector, target }: WireSearch): Literal {
  const targetVectors = target === undefined ? undefined : [target];
  if (mode === "bm25") return { query };
  if (mode === "vector") return { vector: vector ?? [], targetVectors };
  return { query, alpha, vector, targetVectors };
}

/** GraphQL writes operators without quotes, and has the same field for a value and a list of values. */
function toLiteral(where: JsonObject): Literal {
  const entries = Object.entries(where).map(([name, value]): [string, Literal | undefined] => {
    if (name === "operator") return [name, new Bare(String(value))];
    if (name === "operands") return [name, (value as readonly JsonObject[]).map(toLiteral)];
    return [name.replace(/Array$/, ""), value];
  });
  return Object.fromEntries(entries);
}

function literalText(literal: Literal): string {
  if (literal instanceof Bare) return literal.text;
  if (Array.isArray(literal)) return `[${literal.map(literalText).join(", ")}]`;
  if (typeof literal === "string") return stringText(literal);
  if (typeof literal === "number" && !Number.isFinite(literal)) throw new TypeError("This number cannot be sent.");
  if (typeof literal === "object" && literal !== null)
    return `{ ${fieldsText(literal as { readonly [name: string]: Literal | undefined })} }`;
  return JSON.stringify(literal);
}

function fieldsText(fields: { readonly [name: string]: Literal | undefined }): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${new Bare(name).text}: ${literalText(value)}`]))
    .join(", ");
}

/** JSON escapes everything that GraphQL requires. Neither allows unpaired surrogates. */
function stringText(text: string): string {
  return JSON.stringify(
    text.replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD"),
  );
}

/** The objects of a GraphQL answer, or undefined if it has another form. */
export function readGraphql(body: unknown, collection: string): readonly unknown[] | undefined {
  const found = readPath(body, `data.Get.${collection}`);
  return Array.isArray(found) ? found : undefined;
}
