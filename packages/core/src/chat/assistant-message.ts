import type { JsonObject } from "../json.ts";
import type { ToolCall } from "./chat-event.ts";
import type { AssistantMessage, ToolCallOnWire } from "./chat-request.ts";

/** What an assistant said. */
export interface Said {
  /** Without the refusal. */
  readonly text: string;
  readonly refusal: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  /** Fields that only the provider reads who wrote the message. */
  readonly own: Partial<AssistantMessage>;
}

/** The message that says it, ready for a request. */
export function assistantMessage({ text, refusal, reasoning, toolCalls, own }: Said): AssistantMessage {
  return {
    role: "assistant",
    // Whoever only calls or refuses is silent.
    content: !text && (toolCalls[0] || refusal) ? null : text,
    ...(refusal && { refusal }),
    ...(reasoning && { reasoning }),
    ...own,
    ...(toolCalls[0] && { tool_calls: toolCalls.map(callOnWire) }),
  };
}

function callOnWire({ id, name, arguments: text, kind, extra }: ToolCall): ToolCallOnWire {
  if (kind === "custom") return { ...extra, id, type: "custom", custom: { name, input: text } };
  return {
    ...extra,
    id,
    type: "function",
    function: { ...(extra?.["function"] as JsonObject), name, arguments: text || "{}" },
  };
}

/** What other libraries have fields of their own for. */
const shared: readonly string[] = ["role", "content", "reasoning", "refusal", "images", "tool_calls"];

/** `own` of a message, for a library that keeps the rest in a form of its own, and has to send all of it back. */
export function ownFields(message: AssistantMessage): Said["own"] {
  return Object.fromEntries(Object.entries(message).filter(([field]) => !shared.includes(field)));
}
