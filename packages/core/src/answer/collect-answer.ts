import type { ChatEvent, ToolCall, Usage } from "../chat/chat-event.ts";
import type { AssistantMessage } from "../chat/chat-request.ts";
import type { ChatResult } from "../chat/chat-result.ts";
import type { AnswerSummary } from "../dialect/dialect.ts";

type Collected = Pick<
  ChatResult,
  "text" | "reasoning" | "toolCalls" | "finishReason" | "rawFinishReason" | "usage" | "message" | "id" | "model"
>;

export type AnswerCollector = {
  /** Takes up the events from `from` on. */
  add(events: readonly ChatEvent[], from: number): void;
  whole(summary: AnswerSummary): Collected;
  /** What there is so far; a tool call may lack the end of its arguments. */
  partial(summary: AnswerSummary): Partial<ChatResult>;
};

/** Joins the events of an answer to one result. `costOf` may add the cost to the usage. */
export function collectAnswer(provider: string, costOf: (usage: Usage) => number | undefined): AnswerCollector {
  let text = "";
  let reasoning = "";
  let finish: Extract<ChatEvent, { type: "finish" }> | undefined;
  const toolCalls: ToolCall[] = [];

  return {
    add(events, from) {
      for (let i = from; i < events.length; i++) {
        const event = events[i]!;
        if (event.type === "text") text += event.text;
        else if (event.type === "reasoning") reasoning += event.text;
        else if (event.type === "tool-call-delta") toolCalls[event.index]!.arguments += event.arguments;
        else if (event.type === "tool-call-start")
          toolCalls[event.index] = { id: event.id, name: event.name, arguments: "" };
        else if (event.type === "tool-call") toolCalls[event.index] = { ...event.toolCall };
        else if (event.type === "finish") {
          finish = event;
          const cost = event.usage && event.usage.cost === undefined ? costOf(event.usage) : undefined;
          if (event.usage && cost !== undefined) event.usage = { ...event.usage, cost };
        }
      }
    },
    whole({ id, model, reasoningDetails }) {
      const { finishReason = "other", rawFinishReason, usage } = finish ?? {};
      return {
        ...(id !== undefined && { id }),
        ...(model !== undefined && { model }),
        text,
        reasoning,
        toolCalls,
        finishReason,
        ...(rawFinishReason !== undefined && { rawFinishReason }),
        ...(usage && { usage }),
        message: message(reasoningDetails),
      };
    },
    partial: ({ id, model }) => ({
      ...(id !== undefined && { id }),
      ...(model !== undefined && { model }),
      text,
      reasoning,
      toolCalls: toolCalls.map((call) => ({ ...call })),
    }),
  };

  function message(details: readonly unknown[] | undefined): AssistantMessage {
    const calls = toolCalls.map(({ id, name, arguments: args }) => ({
      id,
      type: "function",
      function: { name, arguments: args || "{}" },
    }));
    return {
      role: "assistant",
      content: text === "" && calls.length > 0 ? null : text,
      ...(reasoning !== "" && { reasoning }),
      ...(details?.length && { reasoning_details: details }),
      ...(calls.length > 0 && { tool_calls: calls }),
      provider,
    };
  }
}
