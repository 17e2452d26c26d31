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
  /** Fields that only the provider that wrote the message can read. */
  readonly own: Partial<AssistantMessage>;
}

/** The message for the next request. */
export function assistantMessage({ text, refusal, reasoning, toolCalls, own }: Said): AssistantMessage {
  return {
    role: "assistant",
    // A message that only calls tools or refuses has no text.
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

/** The parts for which other libraries have fields of their own. */
const shared: readonly string[] = ["role", "content", "reasoning", "refusal", "images", "tool_calls"];

/** The `own` fields of a message, for a library that stores the rest in its own form and must send all of it back. */
export function ownFields(message: AssistantMessage): Said["own"] {
  return Object.fromEntries(Object.entries(message).filter(([field]) => !shared.includes(field)));
}
