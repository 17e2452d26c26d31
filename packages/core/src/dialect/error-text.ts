import type { Json, JsonObject } from "../json.ts";

/**
 * The words of an error body: `{ error: { message, code, type } }`, `{ error: "text" }`, `{ message }`, `{ detail }`, each
 * with a text, or a list of `{ loc, msg }` as validators write it. Empty when the body is no error.
 */
export function errorText(body: Json): { message?: string; code?: string } {
  if (!isObject(body)) return {};
  const error = body["error"];
  const holder = isObject(error) ? error : body;
  const message = textOf(typeof error === "string" ? error : (holder["message"] ?? holder["detail"] ?? holder["msg"]));
  const code = holder["code"] ?? holder["type"];
  const isCode = typeof code === "string" || typeof code === "number";
  return { ...(message !== undefined && { message }), ...(isCode && { code: String(code) }) };
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (Array.isArray(value)) {
    const lines = value.map((item) => textOf(item as Json)).filter((line) => line !== undefined);
    return lines.length > 0 ? lines.join("; ") : undefined;
  }
  if (!isObject(value)) return undefined;
  const { loc, msg, message, detail } = value;
  const text = textOf(msg ?? message ?? detail);
  return text !== undefined && Array.isArray(loc) ? `${loc.join(".")}: ${text}` : text;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
