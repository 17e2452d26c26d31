import type { JsonObject } from "@llm-provider/core";

/** `gpt-oss-20b` → `accounts/fireworks/models/gpt-oss-20b`. An id with a slash or a deployment (`#`) is whole already. */
export function completeModel(body: JsonObject): JsonObject {
  const { model } = body;
  if (typeof model !== "string" || /[/#]/.test(model)) return body;
  return { ...body, model: `accounts/fireworks/models/${model}` };
}
