import type { Message, ToolCallOnWire } from "../chat/chat-request.ts";

/** Fields of an assistant's message that mean something only to the provider that wrote them: signatures, sealed texts, images. */
const homeFields: readonly string[] = [
  "reasoning_details",
  "thinking_blocks",
  "reasoning_opaque",
  "reasoning_text",
  "images",
];
/** Fields of a tool call that every endpoint knows. */
const callFields: readonly string[] = ["index", "id", "type", "function", "custom"];

/** The messages without what is ours alone (`provider`) and without what only another provider can read. */
export function ownMessages(id: string, messages: readonly Message[]): Message[] {
  return messages.map((message) => {
    if (message.role !== "assistant") return message;
    const { provider, ...rest } = message;
    if (provider === undefined || provider === id) return rest;
    const shared = Object.entries(rest).filter(([field]) => !homeFields.includes(field));
    const { tool_calls: calls } = rest;
    return {
      ...(Object.fromEntries(shared) as typeof rest),
      ...(Array.isArray(calls) && { tool_calls: calls.map(bare) }),
    };
  });
}

function bare(call: ToolCallOnWire): ToolCallOnWire {
  return Object.fromEntries(
    Object.entries(call ?? {}).filter(([field]) => callFields.includes(field)),
  ) as ToolCallOnWire;
}
