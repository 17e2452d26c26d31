import type { ChatEvent, ToolCall, Usage } from "../chat/chat-event.ts";
import type { AssistantMessage } from "../chat/chat-request.ts";
import { readField } from "../read-field.ts";
import type { ChatResult } from "../chat/chat-result.ts";
import type { AnswerSummary } from "../chat/dialect.ts";

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

type Of<Type extends ChatEvent["type"]> = Extract<ChatEvent, { type: Type }>;

type Collecting = {
  text: string;
  reasoning: string;
  readonly toolCalls: ToolCall[];
  finish: Extract<ChatEvent, { type: "finish" }> | undefined;
  readonly costOf: (usage: Usage) => number | undefined;
};

/** Joins the events of an answer to one result. `costOf` may add the cost to the usage. */
export function collectAnswer(provider: string, costOf: Collecting["costOf"]): AnswerCollector {
  const collecting: Collecting = { text: "", reasoning: "", toolCalls: [], finish: undefined, costOf };
  return {
    add: (events, from) => add(collecting, events, from),
    whole({ id, model, reasoningDetails }) {
      const { text, reasoning, toolCalls, finish } = collecting;
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
        message: { ...messageOf(collecting, reasoningDetails), provider },
      };
    },
    partial: ({ id, model }) => ({
      ...(id !== undefined && { id }),
      ...(model !== undefined && { model }),
      text: collecting.text,
      reasoning: collecting.reasoning,
      toolCalls: collecting.toolCalls.map((call) => ({ ...call })),
    }),
  };
}

function add(collecting: Collecting, events: readonly ChatEvent[], from: number): void {
  for (let i = from; i < events.length; i++) {
    const event = events[i]!;
    const type = readField(event, "type");
    if (type === "text") collecting.text += (event as Of<"text">).text;
    else if (type === "reasoning") collecting.reasoning += (event as Of<"reasoning">).text;
    else if (type === "tool-call-delta") addArguments(collecting, event as Of<"tool-call-delta">);
    else if (type === "tool-call-start") {
      const { index, id, name } = event as Of<"tool-call-start">;
      collecting.toolCalls[index] = { id, name, arguments: "" };
    } else if (type === "finish") addFinish(collecting, event as Of<"finish">);
  }
}

function addArguments({ toolCalls }: Collecting, event: Of<"tool-call-delta">): void {
  toolCalls[event.index]!.arguments += event.arguments;
}

function addFinish(collecting: Collecting, event: Of<"finish">): void {
  collecting.finish = event;
  const cost = event.usage && event.usage.cost === undefined ? collecting.costOf(event.usage) : undefined;
  if (event.usage && cost !== undefined) event.usage = { ...event.usage, cost };
}

function messageOf(
  { text, reasoning, toolCalls }: Collecting,
  details: readonly unknown[] | undefined,
): AssistantMessage {
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
  };
}
