import type { Change } from "../chat/chat-result.ts";
import type { AssistantMessage, ChatRequest, ContentPart, Message } from "../chat/chat-request.ts";
import type { JsonObject } from "../json.ts";
import type { OpenaiOptions } from "./openai-options.ts";

/** Some endpoints refuse an empty text where they want reasoning; a space is the least that all of them take. */
const lostReasoning = " ";

/** Our request as a Chat Completions body: reasoning goes into the endpoint's own field, everything else stays. */
export function encodeOpenai(
  request: ChatRequest,
  { reasoning: form, history, usage }: Required<OpenaiOptions>,
  changes: Omit<Change, "source">[] = [],
): JsonObject {
  const wanted = history === "required-with-tools" ? messagesOfToolTurns(request.messages) : undefined;
  const messages = request.messages.map((message) => {
    if (message.role !== "assistant") return message;
    const { reasoning, reasoning_content: foreign, reasoning_details: details, ...rest } = message;
    if (history === "omit" || wanted?.has(message) === false) return rest;
    // A caller may have written the field of another endpoint: it is the same thing under another name.
    const text = reasoning || (typeof foreign === "string" ? foreign : "");
    if (wanted && calledTools(message) && text === "" && !details?.length) {
      reportLost(form, changes);
      return withReasoning(rest, form, lostReasoning, []);
    }
    return withReasoning(rest, form, text, details ?? []);
  });
  const body: ChatRequest = { ...request, messages };
  const { stream, stream_options: options } = request;
  if (usage === "asked" && stream === true && options?.include_usage === undefined)
    body["stream_options"] = { ...options, include_usage: true };
  return body as unknown as JsonObject;
}

/** Every message of the turns in which tools were called; a turn ends at the next user message. */
function messagesOfToolTurns(messages: readonly Message[]): ReadonlySet<Message> {
  const found = new Set<Message>();
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
  form: OpenaiOptions["reasoning"],
  text: string,
  blocks: readonly unknown[],
): AssistantMessage {
  switch (form) {
    case "reasoning":
      return text === "" ? message : { ...message, reasoning: text };
    case "details": {
      const reasoning = text === "" ? {} : { reasoning: text };
      return { ...message, ...reasoning, ...(blocks.length > 0 && { reasoning_details: blocks }) };
    }
    case "parts":
      return withThinkingParts(message, text, blocks);
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

function reportLost(form: OpenaiOptions["reasoning"], changes: Omit<Change, "source">[]): void {
  const field = form === "details" ? "reasoning" : form === "parts" ? "content" : form;
  const parameter = `messages[].${field}`;
  if (changes.some((change) => change.parameter === parameter)) return;
  const reason =
    "A turn that called tools must carry its reasoning, and this one had lost it: a space stands in for it.";
  changes.push({ parameter, action: "mapped", to: lostReasoning, reason });
}
