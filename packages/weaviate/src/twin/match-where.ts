import type { Json, JsonObject } from "@llm-provider/core";
import { splitWords } from "./split-words.ts";
import type { StoredObject, TwinCollection } from "./twin-collection.ts";
import { TwinRefusal } from "./twin-refusal.ts";

type Operand = Pick<StoredObject, "id" | "properties">;

/** Does an object match a `where`, in REST's or GraphQL's form? */
export function matchesWhere(where: JsonObject, object: Operand, collection: TwinCollection): boolean {
  const operator = String(where["operator"]);
  const operands = (where["operands"] ?? []) as readonly JsonObject[];
  const holds = (one: JsonObject): boolean => matchesWhere(one, object, collection);
  if (operator === "And") return operands.every(holds);
  if (operator === "Or") return operands.some(holds);
  if (operator === "Not") return !operands.every(holds);
  return meets(where, operator, object, collection);
}

function meets(where: JsonObject, operator: string, { id, properties }: Operand, collection: TwinCollection): boolean {
  const name = String([where["path"]].flat().at(-1));
  const property = collection.properties.find((one) => one.name === name);
  if (!property && name !== "id")
    throw new TwinRefusal(
      422,
      `invalid 'where' filter: data type filter cannot use "${name}" on type "${collection.name}", no such prop with name '${name}' found in class '${collection.name}' in the schema`,
    );
  if (property?.indexFilterable === false)
    throw new TwinRefusal(422, `invalid 'where' filter: property ${name} has no filterable index`);
  const value = name === "id" ? id : properties[name];
  if (operator === "IsNull") return (value === null || value === undefined) === where["valueBoolean"];
  const wanted = valuesOf(where);
  const stored = [value].flat().filter((one) => one !== null && one !== undefined) as Json[];
  const isWhole = property?.tokenization === "field" || property?.dataType[0] === "uuid" || name === "id";
  const equals = (one: Json): boolean => stored.some((own) => isEqual(own, one, isWhole));
  const compare = (test: (order: number) => boolean): boolean =>
    stored.some((own) => test(orderOf(own, wanted[0] as Json)));
  switch (operator) {
    case "Equal":
      return equals(wanted[0] as Json);
    case "NotEqual":
      return !equals(wanted[0] as Json);
    case "GreaterThan":
      return compare((order) => order > 0);
    case "GreaterThanEqual":
      return compare((order) => order >= 0);
    case "LessThan":
      return compare((order) => order < 0);
    case "LessThanEqual":
      return compare((order) => order <= 0);
    case "Like":
      return stored.some((own) => isLike(String(own), String(wanted[0]), isWhole));
    case "ContainsAny":
      return wanted.some(equals);
    case "ContainsAll":
      return wanted.every(equals);
    case "ContainsNone":
      return !wanted.some(equals);
    default:
      throw new TwinRefusal(400, `invalid 'where' filter: unknown operator ${operator}`);
  }
}

function valuesOf(where: JsonObject): readonly Json[] {
  const [, value] = Object.entries(where).find(([name]) => name.startsWith("value")) ?? [];
  if (value === undefined || value === null) throw new TwinRefusal(400, "invalid 'where' filter: it has no value");
  return [value].flat() as Json[];
}

/** A text is equal if it contains every word of the condition, in any order: Weaviate compares words, not texts. */
function isEqual(own: Json, wanted: Json, isWhole: boolean): boolean {
  if (typeof own !== "string" || typeof wanted !== "string") return own === wanted;
  if (isWhole) return own.trim() === wanted.trim();
  if (isDate(own) && isDate(wanted)) return orderOf(own, wanted) === 0;
  const words = new Set(splitWords(own));
  const asked = splitWords(wanted);
  return asked.length > 0 && asked.every((word) => words.has(word));
}

/** `*` matches any letters, `?` one letter. The pattern is matched with each word, or with the whole value of a `field`. */
function isLike(own: string, pattern: string, isWhole: boolean): boolean {
  const escaped = pattern
    .toLowerCase()
    .slice(0, 200)
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  const like = new RegExp(`^${escaped}$`, "s");
  return isWhole ? like.test(own.toLowerCase()) : splitWords(own).some((word) => like.test(word));
}

function orderOf(own: Json, wanted: Json): number {
  if (isDate(own) && isDate(wanted)) return Date.parse(String(own)) - Date.parse(String(wanted));
  if (typeof own === "number" && typeof wanted === "number") return own - wanted;
  const [a, b] = [String(own), String(wanted)];
  return a < b ? -1 : Number(a > b);
}

function isDate(value: Json): boolean {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}
