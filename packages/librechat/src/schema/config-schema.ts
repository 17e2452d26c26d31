import { pointerSteps, type Path } from "../config/config-path.ts";
import schemaData from "./librechat-schema.json" with { type: "json" };

/** The part of JSON Schema (draft-07) that LibreChat's schema uses. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: { readonly [key: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly definitions?: { readonly [name: string]: JsonSchema };
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly pattern?: string;
  /** The message of editors and the doctor if `pattern` does not match. */
  readonly patternErrorMessage?: string;
  /** LibreChat does not start with an unknown key here; elsewhere it ignores unknown keys. */
  readonly "x-strict"?: true;
  /** At the root: the releases that the schema was made from. */
  readonly "x-librechat"?: SchemaSource;
}

/** The releases that the schema was made from. */
export interface SchemaSource {
  /** LibreChat's own, such as `v0.8.8`. */
  readonly version: string;
  /** The newest `version` of librechat.yaml that it knows. */
  readonly config: string;
  /** librechat-data-provider's. */
  readonly dataProvider: string;
}

const root: JsonSchema = schemaData as unknown as JsonSchema;

/** The releases that the schema was made from. */
export const schemaSource: SchemaSource = root["x-librechat"]!;

/**
 * LibreChat's configuration as JSON Schema (draft-07), for editors and validators. The object is a copy: change it at will.
 * It is stricter than LibreChat in one way: it also refuses keys that LibreChat silently ignores (those outside `x-strict`).
 */
export function configSchema(): JsonSchema {
  return structuredClone(root);
}

/** The schema that a part of `schema` refers to; the part itself if it refers to none. */
export function resolveSchema(part: JsonSchema): JsonSchema {
  return part.$ref === undefined ? part : root.definitions![part.$ref.replace("#/definitions/", "")]!;
}

/** The schema around the keyword at a JSON pointer that goes through references, or `above` steps further out. */
export function schemaAt(keywordLocation: string, above = 1): JsonSchema {
  return pointerSteps(keywordLocation)
    .slice(0, -above)
    .reduce<JsonSchema>(
      (part, step) => (step === "$ref" ? resolveSchema(part) : (part as { [step: string]: JsonSchema })[step]!),
      root,
    );
}

/** The keys that a mapping may have. */
export function knownKeys({ properties = {} }: JsonSchema): string[] {
  return Object.keys(properties).filter((key) => !properties[key]!.not);
}

/** The keys that LibreChat knows at a path, in any of the accepted shapes. */
export function keysAt(path: Path): string[] {
  const parts = path.reduce<JsonSchema[]>((outer, step) => outer.flatMap((part) => shapesInside(part, step)), [root]);
  return [...new Set(parts.flatMap(knownKeys))];
}

function shapesInside(part: JsonSchema, step: string | number): JsonSchema[] {
  const { properties = {}, items, additionalProperties } = part;
  if (typeof step === "number") return items ? shapesOf(items) : [];
  const inner = Object.hasOwn(properties, step) ? properties[step] : additionalProperties;
  return typeof inner === "object" ? shapesOf(inner) : [];
}

function shapesOf(part: JsonSchema): JsonSchema[] {
  const whole = resolveSchema(part);
  return whole.anyOf ? whole.anyOf.flatMap(shapesOf) : [whole];
}
