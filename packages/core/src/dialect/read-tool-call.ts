import type { Json, JsonObject } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import type { ToolCallFragment } from "./collect-tool-calls.ts";

const known: ReadonlySet<string> = new Set(["id", "type", "index", "function", "custom"]);

/** A tool call of a delta or of a whole message, as the collector takes it. What nobody here knows is kept in `extra`. */
export function readToolCall(call: JsonObject, isWhole: boolean): ToolCallFragment {
  const { id, index, type, function: called, custom } = call;
  let extra: { [field: string]: Json | undefined } | undefined;
  for (const name in call)
    if (!known.has(name) && call[name] !== null) (extra ??= {})[name] = limitDepth(call[name] ?? null);
  const isCustom = type === "custom" || isObject(custom);
  const holder = isCustom && isObject(custom) ? custom : isObject(called) ? called : {};
  return {
    index,
    id,
    name: holder["name"],
    arguments: isCustom ? (holder["input"] ?? holder["arguments"]) : holder["arguments"],
    kind: isCustom ? "custom" : undefined,
    extra,
    isWhole,
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
