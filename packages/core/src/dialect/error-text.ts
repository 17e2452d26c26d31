import { isJsonObject, type Json, type JsonObject, saysSomething } from "../json.ts";
import { objectsIn } from "./read-reasoning.ts";

/** Fields in which an error says what is wrong, most exact first. */
const wordFields = "message Message detail msg status_msg error_msg error_description error title".split(" ");

/**
 * The message of an error body: `{ error: { message, code, type } }`, `{ error: "text" }`, `{ message }`, `{ detail }`,
 * `{ errors: [...] }`, `choices[].error`, each with a text, or a list of `{ loc, msg }` as validators write it. Empty when the
 * body is not an error.
 */
export function errorText(body: Json): { message?: string; code?: string } {
  if (Array.isArray(body)) return errorText(objectsIn(body)[0] ?? null);
  if (!isJsonObject(body)) return {};
  const { error: own, ...rest } = body;
  const choices = objectsIn(body["choices"]);
  const inChoice = choices.map((choice) => choice["error"]).find(saysSomething);
  const report = [own, inChoice, firstOf(body["errors"])].find(saysSomething);
  if (report === undefined && choices.length > 0) return {};
  const error = report ?? body["base_resp"];
  const holder = isJsonObject(error) ? error : body;
  const [first, second] = [textOf(error), textOf(rest)];
  // A short text is often the title of the text in another field.
  const isTitle = typeof own === "string" && second !== undefined && !own.includes(second);
  const message = isTitle ? `${own}: ${second}` : (first ?? second);
  const code = holder["code"] ?? holder["error_code"] ?? holder["type"] ?? holder["__type"] ?? holder["status"];
  const isCode = typeof code === "string" || typeof code === "number";
  return { ...(message !== undefined && { message }), ...(isCode && { code: String(code) }) };
}

function firstOf(value: Json | undefined): Json | undefined {
  return typeof value === "object" && value !== null ? Object.values(value).flat()[0] : undefined;
}

function textOf(value: Json | undefined, depth = 0): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (depth > 5 || typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) {
    const lines = value.map((item) => textOf(item as Json, depth + 1)).filter((line) => line !== undefined);
    return lines.length > 0 ? lines.join("; ") : undefined;
  }
  const fields = value as JsonObject;
  for (const name of wordFields) {
    const text = textOf(fields[name], depth + 1);
    if (text === undefined) continue;
    const { loc } = fields;
    if (!Array.isArray(loc)) return text;
    return `${loc.filter((step) => typeof step === "string" || typeof step === "number").join(".")}: ${text}`;
  }
  return undefined;
}
