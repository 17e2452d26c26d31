import type { AssistantMessage } from "./chat-request.ts";

/** What other libraries have fields of their own for. */
const shared: readonly string[] = ["role", "content", "reasoning", "refusal", "images", "tool_calls"];

/**
 * What of a message only its provider reads: who wrote it, signatures, sealed reasoning. A library that keeps the rest in its own
 * form has to keep this too, so that the message goes back as it came.
 */
export function ownFields(message: AssistantMessage): Partial<AssistantMessage> {
  return Object.fromEntries(Object.entries(message).filter(([field]) => !shared.includes(field)));
}
