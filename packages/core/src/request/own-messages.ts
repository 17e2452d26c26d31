import type { Message, ToolCallOnWire } from "../chat/chat-request.ts";
import { isKeptField } from "../chat/kept-field.ts";

/** Fields of an assistant's message that mean something only to the provider that wrote them: signatures, sealed texts, images. */
const homeFields: readonly string[] = ["reasoning_details", "images"];
/** Fields of a tool call that every endpoint knows. */
const callFields: readonly string[] = ["index", "id", "type", "function", "custom"];

/** The messages without our own field (`provider`) and without fields that only another provider can read. */
export function ownMessages(id: string, messages: readonly Message[]): Message[] {
  return messages.map((message) => {
    if (message.role !== "assistant") return message;
    const { provider, ...rest } = message;
    if (provider === undefined || provider === id) return rest;
    const shared = Object.entries(rest).filter(([field]) => !homeFields.includes(field) && !isKeptField(field));
    const { tool_calls: calls } = rest;
    return {
      ...(Object.fromEntries(shared) as typeof rest),
      ...(Array.isArray(calls) && { tool_calls: calls.map(bare) }),
    };
  });
}

function bare(call: ToolCallOnWire): ToolCallOnWire {
  const own = only(call, callFields) as ToolCallOnWire;
  if (own["function"]) own["function"] = only(own["function"], ["name", "arguments"]);
  return own;
}

function only(fields: object, wanted: readonly string[]): object {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([field]) => wanted.includes(field)));
}
