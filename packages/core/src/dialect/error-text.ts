import { isJsonObject, type Json } from "../json.ts";
import { objectsIn } from "./read-reasoning.ts";

/**
 * The words of an error body: `{ error: { message, code, type } }`, `{ error: "text" }`, `{ message }`, `{ detail }`,
 * `{ errors: [...] }`, `choices[].error`, each with a text, or a list of `{ loc, msg }` as validators write it. Empty when the
 * body is no error.
 */
export function errorText(body: Json): { message?: string; code?: string } {
  if (Array.isArray(body)) return errorText(objectsIn(body)[0] ?? null);
  if (!isJsonObject(body)) return {};
  const inChoice = objectsIn(body["choices"]).find((choice) => choice["error"])?.["error"];
  const error = body["error"] || inChoice || firstOf(body["errors"]) || body["base_resp"];
  const holder = isJsonObject(error) ? error : body;
  const message = textOf(
    typeof error === "string"
      ? error
      : (holder["message"] ?? holder["detail"] ?? holder["msg"] ?? holder["status_msg"]),
  );
  const code = holder["code"] ?? holder["type"] ?? holder["status"];
  const isCode = typeof code === "string" || typeof code === "number";
  return { ...(message !== undefined && { message }), ...(isCode && { code: String(code) }) };
}

function firstOf(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? (value as readonly Json[])[0] : undefined;
}

function textOf(value: Json | undefined, depth = 0): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (depth > 5) return undefined;
  if (Array.isArray(value)) {
    const lines = value.map((item) => textOf(item as Json, depth + 1)).filter((line) => line !== undefined);
    return lines.length > 0 ? lines.join("; ") : undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const { loc, msg, message, detail } = value;
  const text = textOf(msg ?? message ?? detail, depth + 1);
  if (text === undefined || !Array.isArray(loc)) return text;
  const place = loc.filter((step) => typeof step === "string" || typeof step === "number");
  return `${place.join(".")}: ${text}`;
}
