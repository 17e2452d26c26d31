import type { Json, JsonObject } from "@llm-provider/core";

/** The gateway's `{ fault: { faultstring, detail: { errorcode } } }` as `{ error: { message, code } }`. */
export function readFault(body: Json): Json {
  const fault = (body as JsonObject | null)?.["fault"] as JsonObject | undefined;
  if (!fault) return body;
  const detail = fault["detail"] as JsonObject | undefined;
  return { error: { message: fault["faultstring"], code: detail?.["errorcode"] } };
}
