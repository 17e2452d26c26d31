import type { Message } from "../chat/chat-request.ts";

/**
 * The messages without what is ours alone (`provider`) or another provider's (`reasoning_details`: signatures hold only where
 * they were made).
 */
export function ownMessages(id: string, messages: readonly Message[]): Message[] {
  return messages.map((message) => {
    if (message.role !== "assistant") return message;
    const { provider, reasoning_details, ...rest } = message;
    const isOwn = provider === undefined || provider === id;
    return reasoning_details && isOwn ? { ...rest, reasoning_details } : rest;
  });
}
