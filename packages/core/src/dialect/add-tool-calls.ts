import type { ChatEvent } from "../chat/chat-event.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import { readField } from "../read-field.ts";
import type { ToolCallCollector, ToolCallFragment } from "./collect-tool-calls.ts";

/** Adds the tool calls of a delta or of a whole message. False where there is none. */
export function addToolCalls(
  calls: readonly unknown[],
  isWhole: boolean,
  collector: ToolCallCollector,
  out: ChatEvent[],
): boolean {
  let isAny = false;
  for (let position = 0; position < calls.length; position++) {
    const call = calls[position];
    if (!isJsonObject(call)) continue;
    collector.add(readToolCall(call, isWhole), out);
    isAny = true;
  }
  return isAny;
}

/** A tool call of a delta or of a whole message, as the collector takes it. What nobody here knows is kept in `extra`. */
function readToolCall(call: JsonObject, isWhole: boolean): ToolCallFragment {
  let id: Json | undefined;
  let index: Json | undefined;
  let type: Json | undefined;
  let called: Json | undefined;
  let custom: Json | undefined;
  let extra: { [field: string]: Json | undefined } | undefined;
  for (const name in call) {
    if (name === "function") called = readField(call, name);
    else if (name === "index") index = readField(call, name);
    else if (name === "id") id = readField(call, name);
    else if (name === "type") type = readField(call, name);
    else if (name === "custom") custom = readField(call, name);
    else if (call[name] !== null) (extra ??= {})[name] = limitDepth(call[name] ?? null);
  }
  const isCustom = type === "custom" || isJsonObject(custom);
  const holder = isCustom && isJsonObject(custom) ? custom : isJsonObject(called) ? called : {};
  const text = isCustom
    ? (readField(holder, "input") ?? readField(holder, "arguments"))
    : readField(holder, "arguments");
  return {
    index,
    id,
    name: readField(holder, "name"),
    arguments: text,
    kind: isCustom ? "custom" : undefined,
    extra,
    isWhole,
  };
}
