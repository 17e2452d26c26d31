import type { ChatEvent, Json } from "@llm-provider/core";
import { mostBytes } from "../recording/exchange.ts";
import type { SealedRequest } from "../recording/seal.ts";
import type { InspectedAnswer } from "./inspected-request.ts";

type Known = NonNullable<SealedRequest["result"]>;

/** Converts a complete answer. */
export function toAnswer({ text, reasoning, toolCalls, finishReason, rawFinishReason }: Known): InspectedAnswer {
  const cut = (whole: string): string => whole.slice(0, mostBytes);
  return {
    text: cut(text),
    reasoning: cut(reasoning),
    toolCalls: toolCalls.map(({ id, name, arguments: given }) => {
      const parsed = parse(given);
      return { id, name, arguments: given, ...(parsed !== undefined && { parsed }) };
    }),
    finishReason: rawFinishReason ?? finishReason,
    isCut: text.length > mostBytes || reasoning.length > mostBytes,
  };
}

/** The answer so far; undefined if no part of it has arrived. */
export function answerSoFar(events: readonly ChatEvent[]): InspectedAnswer | undefined {
  let text = "";
  let reasoning = "";
  let finishReason: string | undefined;
  const calls: { id: string; name: string; arguments: string }[] = [];
  for (const event of events) {
    if (event.type === "text") text += event.text;
    else if (event.type === "reasoning") reasoning += event.text;
    else if (event.type === "tool-call-start") calls[event.index] = { id: event.id, name: event.name, arguments: "" };
    else if (event.type === "tool-call-delta") calls[event.index]!.arguments += event.arguments;
    else if (event.type === "finish") finishReason = event.rawFinishReason ?? event.finishReason;
  }
  const toolCalls = calls.map((call) => {
    const parsed = parse(call.arguments);
    return { ...call, ...(parsed !== undefined && { parsed }) };
  });
  if (text === "" && reasoning === "" && toolCalls.length === 0 && finishReason === undefined) return undefined;
  return { text, reasoning, toolCalls, ...(finishReason !== undefined && { finishReason }), isCut: false };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
