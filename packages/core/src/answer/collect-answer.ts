import type { ChatEvent, ToolCall, Usage } from "../chat/chat-event.ts";
import { assistantMessage } from "../chat/assistant-message.ts";
import type { ChatResult } from "../chat/chat-result.ts";
import type { AnswerSummary } from "../chat/dialect.ts";
import { readField } from "../read-field.ts";

type Collected = Pick<
  ChatResult,
  | "text"
  | "reasoning"
  | "refusal"
  | "images"
  | "toolCalls"
  | "finishReason"
  | "rawFinishReason"
  | "usage"
  | "message"
  | "id"
  | "model"
>;

export interface AnswerCollector {
  /** Adds the events from index `from` on. */
  add(events: readonly ChatEvent[], from: number): void;
  whole(summary: AnswerSummary): Collected;
  /** The result so far. A tool call may lack the end of its arguments. */
  partial(summary: AnswerSummary): Partial<ChatResult>;
}

type Of<Type extends ChatEvent["type"]> = Extract<ChatEvent, { type: Type }>;

type Collecting = {
  text: string;
  /** The text without the refusal, if there is a refusal: two texts that grow piece by piece take twice the memory. */
  answer: string | undefined;
  refusal: string;
  reasoning: string;
  readonly images: string[];
  readonly toolCalls: ToolCall[];
  finish: Extract<ChatEvent, { type: "finish" }> | undefined;
  readonly costOf: (usage: Usage) => number | undefined;
};

/** Joins the events of an answer to one result. `costOf` may add the cost to the usage. */
export function collectAnswer(provider: string, costOf: Collecting["costOf"]): AnswerCollector {
  const collecting: Collecting = {
    text: "",
    answer: undefined,
    refusal: "",
    reasoning: "",
    images: [],
    toolCalls: [],
    finish: undefined,
    costOf,
  };
  return {
    add: (events, from) => add(collecting, events, from),
    whole(summary) {
      const { finishReason = "other", rawFinishReason, usage } = collecting.finish ?? {};
      const { reasoningDetails: details, messageFields } = summary;
      // Whatever only this provider understands goes into fields of its own, which other providers do not get.
      const own = { ...(details?.length && { reasoning_details: details }), ...messageFields, provider };
      return {
        ...identity(summary),
        ...content(collecting),
        toolCalls: collecting.toolCalls,
        finishReason,
        ...(rawFinishReason !== undefined && { rawFinishReason }),
        ...(usage && { usage }),
        message: assistantMessage({ ...collecting, text: collecting.answer ?? collecting.text, own }),
      };
    },
    partial: (summary) => ({
      ...identity(summary),
      ...content(collecting),
      toolCalls: collecting.toolCalls.map((call) => ({ ...call })),
    }),
  };
}

function identity({ id, model }: AnswerSummary): { id?: string; model?: string } {
  return { ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
}

function content({
  text,
  reasoning,
  refusal,
  images,
}: Collecting): Pick<Collected, "text" | "reasoning" | "refusal" | "images"> {
  return { text, reasoning, ...(refusal !== "" && { refusal }), ...(images.length > 0 && { images }) };
}

function add(collecting: Collecting, events: readonly ChatEvent[], from: number): void {
  for (let i = from; i < events.length; i++) {
    const event = events[i]!;
    const type = readField(event, "type");
    if (type === "text") addText(collecting, event as Of<"text">);
    else if (type === "reasoning") collecting.reasoning += (event as Of<"reasoning">).text;
    else if (type === "tool-call-delta") addArguments(collecting, event as Of<"tool-call-delta">);
    else if (type === "tool-call-start") {
      const { index, id, name, kind } = event as Of<"tool-call-start">;
      // V8 drops the shapes of spread objects at a garbage collection, and the compiled code with them.
      const call: ToolCall = { id, name, arguments: "" };
      if (kind) call.kind = kind;
      collecting.toolCalls[index] = call;
    } else if (type === "tool-call") {
      const { index, toolCall } = event as Of<"tool-call">;
      if (toolCall.extra) collecting.toolCalls[index] = { ...collecting.toolCalls[index]!, extra: toolCall.extra };
    } else if (type === "image") collecting.images.push((event as Of<"image">).url);
    else if (type === "finish") addFinish(collecting, event as Of<"finish">);
  }
}

function addText(collecting: Collecting, { text, refusal }: Of<"text">): void {
  if (refusal) {
    collecting.answer ??= collecting.text;
    collecting.refusal += text;
  } else if (collecting.answer !== undefined) collecting.answer += text;
  collecting.text += text;
}

function addArguments({ toolCalls }: Collecting, event: Of<"tool-call-delta">): void {
  toolCalls[event.index]!.arguments += event.arguments;
}

function addFinish(collecting: Collecting, event: Of<"finish">): void {
  collecting.finish = event;
  const cost = event.usage && event.usage.cost === undefined ? collecting.costOf(event.usage) : undefined;
  if (event.usage && cost !== undefined) event.usage = { ...event.usage, cost };
}
