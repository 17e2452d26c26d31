import type { ChatEvent, ChatRequest, Provider } from "@llm-provider/core";
import type { Outcome } from "./scenario.ts";

/** `chat`, and what came of it; an error is an outcome too. */
export async function performChat(provider: Provider, request: ChatRequest): Promise<Outcome> {
  try {
    return { kind: "chat", result: await provider.chat(request) };
  } catch (error) {
    return { kind: "error", error, events: [] };
  }
}

export async function performStream(provider: Provider, request: ChatRequest): Promise<Outcome> {
  const events: ChatEvent[] = [];
  try {
    const stream = provider.stream(request);
    for await (const event of stream) events.push(event);
    return { kind: "stream", events, result: await stream.result };
  } catch (error) {
    return { kind: "error", error, events };
  }
}

export async function performModels(provider: Provider): Promise<Outcome> {
  try {
    return { kind: "models", models: await provider.models() };
  } catch (error) {
    return { kind: "error", error, events: [] };
  }
}
