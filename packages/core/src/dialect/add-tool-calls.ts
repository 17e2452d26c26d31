import type { ChatEvent } from "../chat/chat-event.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import { readField } from "../read-field.ts";
import type { ToolCallCollector, ToolCallFragment } from "./collect-tool-calls.ts";

/** Adds the tool calls of a delta or of a whole message. False if there are none. */
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

type Fields = { [field: string]: Json };

/** A tool call of a delta or of a whole message, as the collector takes it. Unknown fields are kept in `extra`. */
function readToolCall(call: JsonObject, isWhole: boolean): ToolCallFragment {
  let id: Json | undefined;
  let index: Json | undefined;
  let type: Json | undefined;
  let called: Json | undefined;
  let custom: Json | undefined;
  let extra: Fields | undefined;
  for (const name in call) {
    if (name === "function") called = readField(call, name);
    else if (name === "index") index = readField(call, name);
    else if (name === "id") id = readField(call, name);
    else if (name === "type") type = readField(call, name);
    else if (name === "custom") custom = readField(call, name);
    else extra = keep(extra, name, readField(call, name));
  }
  const isCustom = type === "custom" || isJsonObject(custom);
  const holder = isCustom && isJsonObject(custom) ? custom : isJsonObject(called) ? called : {};
  let name: Json | undefined;
  let text: Json | undefined;
  let inner: Fields | undefined;
  for (const field in holder) {
    if (field === "arguments" || field === "input") text = readField(holder, field) ?? text;
    else if (field === "name") name = readField(holder, field);
    else if (field === "id") id ??= readField(holder, field);
    else inner = keep(inner, field, readField(holder, field));
  }
  if (inner && !isCustom) extra = { ...extra, function: inner };
  return { index, id, name, arguments: text, kind: isCustom ? "custom" : undefined, extra, isWhole };
}

/** `null` counts as absent, and an assignment to `__proto__` would not add a field. */
function keep(fields: Fields | undefined, name: string, value: Json | undefined): Fields | undefined {
  if (value === null || value === undefined || name === "__proto__") return fields;
  return { ...fields, [name]: limitDepth(value) };
}
