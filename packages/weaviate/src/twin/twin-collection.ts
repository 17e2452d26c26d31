import { createHash } from "node:crypto";
import type { Json, JsonObject } from "@llm-provider/core";
import { TwinRefusal } from "./twin-refusal.ts";

/** An object as Weaviate stores it. */
export interface TwinObject {
  /** A UUID. @default derived from the object's content */
  readonly id?: string;
  readonly properties: JsonObject;
  /** Without a vector, the object is only found by words, unless the twin has a `vectorize`. */
  readonly vector?: readonly number[];
  /** The tenant that owns the object, in a collection with tenants. */
  readonly tenant?: string;
}

/** A property as Weaviate's schema describes it. */
export interface TwinProperty {
  readonly name: string;
  readonly dataType: readonly [type: string];
  /** @default true for `text` and `text[]` */
  readonly indexSearchable?: boolean;
  /** @default true */
  readonly indexFilterable?: boolean;
  /** `field`: the whole value is one word. @default "word" */
  readonly tokenization?: "word" | "field";
}

/** A collection as Weaviate's schema describes it, with its first objects. */
export interface TwinCollectionOptions {
  readonly objects?: readonly TwinObject[];
  /** @default derived from the objects, as Weaviate's auto-schema does */
  readonly properties?: readonly TwinProperty[];
  readonly description?: string;
  /** The vectorizer that the schema states; the twin then needs a `vectorize`. @default "none" */
  readonly vectorizer?: string;
  /** @default false, unless an object has a tenant */
  readonly hasTenants?: boolean;
}

/** An object with everything that a search needs. */
export interface StoredObject {
  readonly id: string;
  readonly properties: JsonObject;
  readonly vector: readonly number[] | undefined;
}

/** A collection of a twin. */
export class TwinCollection {
  readonly name: string;
  readonly vectorizer: string;
  readonly hasTenants: boolean;
  readonly #properties = new Map<string, TwinProperty>();
  readonly #objects = new Map<string, Map<string, StoredObject>>();
  readonly #vectorize: ((text: string) => readonly number[]) | undefined;
  readonly #description: string | undefined;

  constructor(
    name: string,
    options: TwinCollectionOptions,
    vectorize: ((text: string) => readonly number[]) | undefined,
  ) {
    if (!/^[A-Z][_0-9A-Za-z]*$/.test(name)) throw new TwinRefusal(422, `'${name}' is not a valid class name`);
    this.name = name;
    this.vectorizer = options.vectorizer ?? (vectorize ? "text2vec-twin" : "none");
    this.hasTenants = options.hasTenants ?? options.objects?.some(({ tenant }) => tenant !== undefined) ?? false;
    this.#description = options.description;
    this.#vectorize = this.vectorizer === "none" ? undefined : vectorize;
    for (const property of options.properties ?? []) this.#properties.set(property.name, property);
    for (const object of options.objects ?? []) this.add(object);
  }

  get properties(): readonly TwinProperty[] {
    return [...this.#properties.values()];
  }

  /** The vector that the collection's vectorizer makes of a query. */
  vectorOf(query: string): readonly number[] {
    if (!this.#vectorize)
      throw new TwinRefusal(
        422,
        `hybrid search is not supported: collection ${this.name} has no vectorizer module configured for target vector ""`,
      );
    return this.#vectorize(query);
  }

  /** Stores an object, replacing any with the same id. */
  add({ id, properties, vector, tenant }: TwinObject): string {
    if (this.hasTenants !== (tenant !== undefined)) throw this.#wrongTenant();
    for (const [name, value] of Object.entries(properties)) this.#describe(name, value);
    const key = id ?? uuidOf([this.name, tenant, properties]);
    const made = vector ?? this.#vectorize?.(textOf(properties));
    const objects = this.#objects.get(tenant ?? "") ?? new Map<string, StoredObject>();
    objects.set(key, { id: key, properties, vector: made });
    this.#objects.set(tenant ?? "", objects);
    return key;
  }

  /** The objects of a tenant, or of a collection without tenants. */
  objectsOf(tenant: string | undefined): readonly StoredObject[] {
    if (this.hasTenants !== (tenant !== undefined)) throw this.#wrongTenant();
    const objects = this.#objects.get(tenant ?? "");
    if (!objects && tenant !== undefined) throw new TwinRefusal(404, `tenant not found: "${tenant}"`);
    return [...(objects?.values() ?? [])];
  }

  /** The answer to `GET /v1/schema/{collection}`. */
  toSchema(): object {
    return {
      class: this.name,
      ...(this.#description !== undefined && { description: this.#description }),
      vectorizer: this.vectorizer,
      vectorIndexType: "hnsw",
      invertedIndexConfig: { bm25: { b: 0.75, k1: 1.2 }, stopwords: { preset: "en" } },
      multiTenancyConfig: { enabled: this.hasTenants },
      properties: this.properties.map((property) => ({
        ...property,
        indexFilterable: property.indexFilterable ?? true,
        indexSearchable: isSearchable(property),
      })),
    };
  }

  #describe(name: string, value: Json | undefined): void {
    if (this.#properties.has(name) || value === null || value === undefined) return;
    if (!/^[_A-Za-z][_0-9A-Za-z]*$/.test(name)) throw new TwinRefusal(422, `'${name}' is not a valid property name`);
    this.#properties.set(name, { name, dataType: [typeOf(value)] });
  }

  #wrongTenant(): TwinRefusal {
    return new TwinRefusal(
      422,
      this.hasTenants
        ? `class ${this.name} has multi-tenancy enabled, but request was without tenant`
        : `class ${this.name} has multi-tenancy disabled, but request was with tenant`,
    );
  }
}

/** Whether BM25 reads a property. */
export function isSearchable({ dataType, indexSearchable }: TwinProperty): boolean {
  return dataType[0].startsWith("text") && indexSearchable !== false;
}

/** The type that auto-schema chooses. Whole numbers are also `number`. */
function typeOf(value: Json): string {
  if (Array.isArray(value)) return `${value.length === 0 ? "text" : typeOf(value[0] as Json)}[]`;
  if (typeof value === "number" || typeof value === "boolean") return typeof value;
  if (typeof value === "object") return "object";
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(String(value))) return "date";
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(String(value)) ? "uuid" : "text";
}

function textOf(properties: JsonObject): string {
  return Object.values(properties)
    .flat()
    .filter((value) => typeof value === "string")
    .join(" ");
}

function uuidOf(content: unknown): string {
  const digits = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return [8, 12, 16, 20, 32].map((end, at) => digits.slice([0, 8, 12, 16, 20][at], end)).join("-");
}
