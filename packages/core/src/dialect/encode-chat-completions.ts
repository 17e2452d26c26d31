import type { Change } from "../chat/chat-result.ts";
import type { AssistantMessage, ChatRequest, ContentPart, Message } from "../chat/chat-request.ts";
import type { JsonObject } from "../json.ts";
import { readPath } from "../read-path.ts";
import type { ChatCompletionsOptions } from "../chat/dialect.ts";

/** Some endpoints refuse an empty text where they want reasoning; a space is the least that all of them take. */
const lostReasoning = " ";
const lostReason =
  "A turn that called tools must carry its reasoning, and this one had lost it: a space stands in for it.";

/** Our request as a Chat Completions body: reasoning goes into the endpoint's own field, everything else stays. */
export function encodeChatCompletions(
  request: ChatRequest,
  { reasoning: form, history, usage }: Required<ChatCompletionsOptions>,
  changes: Omit<Change, "source">[] = [],
): JsonObject {
  const wanted = history === "required-with-tools" ? messagesOfToolTurns(request.messages) : undefined;
  const messages = request.messages.map((message) => {
    if (message.role !== "assistant") return message;
    const { reasoning, reasoning_content: foreign, reasoning_details: details, ...rest } = message;
    const written = typeof foreign === "string" ? foreign : "";
    if (history === "omit") {
      if (written !== "")
        report("reasoning_content", "dropped", written, undefined, "Reasoning is not sent back here.");
      return rest;
    }
    // What the caller wrote in a field that the endpoint has stays as it is.
    if (written !== "" && (form === "reasoning_content" || form === "details")) {
      return withReasoning(
        { ...rest, reasoning_content: written },
        form,
        form === "details" ? reasoning || "" : "",
        details ?? [],
      );
    }
    if (wanted?.has(message) === false) return rest;
    if (wanted && calledTools(message) && !reasoning && written === "" && !details?.length) {
      report(fieldOf(form), "mapped", undefined, lostReasoning, lostReason);
      return withReasoning(rest, form, lostReasoning, []);
    }
    // The field of another endpoint is the same thing under another name.
    if (written !== "" && !reasoning)
      report(
        "reasoning_content",
        "renamed",
        "reasoning_content",
        fieldOf(form),
        "Reasoning stands in another field here.",
      );
    return withReasoning(rest, form, reasoning || written, details ?? []);
  });
  const body: ChatRequest = { ...request, messages };
  const { stream, stream_options: options } = request;
  if (usage === "asked" && stream === true && options?.include_usage === undefined)
    body["stream_options"] = { ...options, include_usage: true };
  return body as unknown as JsonObject;

  /** One change a field: a hundred messages with the same cause are one line to read. */
  function report(field: string, action: Change["action"], from: unknown, to: unknown, reason: string): void {
    const parameter = `messages[].${field}`;
    if (changes.some((change) => change.parameter === parameter && change.action === action)) return;
    changes.push({ parameter, action, from, to, reason });
  }
}

/** The message field in which reasoning goes back. */
function fieldOf(form: Required<ChatCompletionsOptions>["reasoning"]): string {
  return form === "details" ? "reasoning" : form === "parts" ? "content" : form;
}

/** Every message of the turns in which tools were called; a turn ends at the next user message. */
function messagesOfToolTurns(messages: readonly Message[]): ReadonlySet<Message> {
  const found = new Set<Message>();
  if (!messages.some(calledTools)) return found;
  let turn: Message[] = [];
  for (const message of messages) {
    if (message.role === "user") turn = [];
    turn.push(message);
    if (calledTools(message) || found.has(turn[0]!)) for (const one of turn) found.add(one);
  }
  return found;
}

function calledTools(message: Message): boolean {
  return message.role === "assistant" && (message.tool_calls?.length ?? 0) > 0;
}

function withReasoning(
  message: AssistantMessage,
  form: ChatCompletionsOptions["reasoning"],
  text: string,
  blocks: readonly unknown[],
): AssistantMessage {
  switch (form) {
    case "reasoning":
      return text === "" ? message : { ...message, reasoning: text };
    case "details": {
      const reasoning = text === "" ? {} : { reasoning: text };
      const own = blocks.filter((block) => !isThinkingPart(block));
      return { ...message, ...reasoning, ...(own.length > 0 && { reasoning_details: own }) };
    }
    case "parts":
      return withThinkingParts(message, text, blocks.filter(isThinkingPart));
    default:
      return text === "" ? message : { ...message, reasoning_content: text };
  }
}

function withThinkingParts(message: AssistantMessage, text: string, blocks: readonly unknown[]): AssistantMessage {
  const { content } = message;
  // Content that holds thinking parts already was written for this endpoint.
  if (Array.isArray(content) && content.some((part) => part.type === "thinking")) return message;
  const part = { type: "thinking", thinking: [{ type: "text", text }], closed: true };
  const thinking = blocks.length > 0 ? (blocks as ContentPart[]) : text === "" ? [] : [part];
  if (thinking.length === 0) return message;
  const rest = Array.isArray(content) ? content : content ? [{ type: "text", text: content }] : [];
  return { ...message, content: [...thinking, ...rest] };
}

/** Signed blocks have one of two shapes, and neither is known where the other is spoken. */
function isThinkingPart(block: unknown): boolean {
  return readPath(block, "type") === "thinking";
}
