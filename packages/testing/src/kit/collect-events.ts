import type { ChatEvent, ChatStream } from "@llm-provider/core";

/** Loops over a stream; what came before an error is kept. */
export async function collectEvents(stream: ChatStream): Promise<{ events: ChatEvent[]; error?: unknown }> {
  const events: ChatEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
    return { events };
  } catch (error) {
    return { events, error };
  }
}
