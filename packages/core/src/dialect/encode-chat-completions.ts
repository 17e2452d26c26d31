import type { Change } from "../chat/chat-result.ts";
import type { AssistantMessage, ChatRequest, ContentPart, Message } from "../chat/chat-request.ts";
import { isSealedField } from "../chat/kept-field.ts";
import type { JsonObject } from "../json.ts";
import { readPath } from "../read-path.ts";
import type { ChatCompletionsOptions, History } from "../chat/dialect.ts";

/** Some endpoints refuse empty reasoning; a space is the shortest text that all of them take. */
const lostReasoning = " ";
const lostReason = "A turn that called tools must carry its reasoning. This one lost it: a space is sent in its place.";

/** Our request as a Chat Completions body: reasoning goes into the endpoint's own field, everything else stays. */
export function encodeChatCompletions(
  request: ChatRequest,
  { reasoning: form, history: histories, usage }: Required<ChatCompletionsOptions>,
  changes: Omit<Change, "source">[] = [],
): JsonObject {
  const history = historyOf(histories, request.model);
  const wanted = history === "required-with-tools" ? messagesOfToolTurns(request.messages) : undefined;
  const messages = request.messages.map((message) => {
    if (message.role !== "assistant") return message;
    const { reasoning, reasoning_content: foreign, reasoning_details: details, ...others } = message;
    const written = typeof foreign === "string" ? foreign : "";
    if (history === "omit") {
      if (written !== "")
        report("reasoning_content", "dropped", written, undefined, "Reasoning is not sent back here.");
      return withoutSealed(others);
    }
    // A field that the endpoint has stays as the caller wrote it.
    if (written !== "" && (form === "reasoning_content" || form === "details")) {
      return withReasoning(
        { ...others, reasoning_content: written },
        form,
        form === "details" ? reasoning || "" : "",
        details ?? [],
      );
    }
    if (wanted?.has(message) === false) return withoutSealed(others);
    const isLost =
      !reasoning &&
      written === "" &&
      !details?.length &&
      !Object.keys(others).some((field) => isSealedField(field) && others[field] !== undefined);
    if (wanted && calledTools(message) && isLost) {
      report(fieldOf(form), "mapped", undefined, lostReasoning, lostReason);
      return withReasoning(others, form, lostReasoning, []);
    }
    // Another endpoint's reasoning field means the same under another name.
    if (written !== "" && !reasoning)
      report("reasoning_content", "renamed", "reasoning_content", fieldOf(form), "Reasoning has another field here.");
    // If the endpoint's own field has the text, it is not sent twice.
    const text = others["reasoning_text"] === undefined ? reasoning || written : "";
    return withReasoning(others, form, text, details ?? []);
  });
  const body: ChatRequest = { ...request, messages };
  const { stream, stream_options: options } = request;
  if (usage === "asked" && stream === true && options?.include_usage === undefined)
    body["stream_options"] = { ...options, include_usage: true };
  return body as unknown as JsonObject;

  /** One change per field: a hundred messages with the same cause make one entry. */
  function report(field: string, action: Change["action"], from: unknown, to: unknown, reason: string): void {
    const parameter = `messages[].${field}`;
    if (changes.some((change) => change.parameter === parameter && change.action === action)) return;
    changes.push({ parameter, action, from, to, reason });
  }
}

/** Which reasoning goes back to this model. */
function historyOf(histories: Required<ChatCompletionsOptions>["history"], model: string): History {
  if (typeof histories === "string") return histories;
  return histories.find(([models]) => model.search(models) >= 0)?.[1] ?? "omit";
}

function withoutSealed(message: AssistantMessage): AssistantMessage {
  const entries = Object.entries(message).filter(([field]) => !isSealedField(field));
  return Object.fromEntries(entries) as unknown as AssistantMessage;
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
  // Parts with a signature are the reasoning itself, whatever field has its text elsewhere.
  const sealedParts = blocks.filter((block) => isOfType(block, "reasoning"));
  if (sealedParts.length > 0) return withParts(message, "reasoning", sealedParts);
  // Signed blocks have one of two shapes, and an endpoint of one shape does not know the other.
  const thinking = blocks.filter((block) => isOfType(block, "thinking"));
  switch (form) {
    case "reasoning":
      return text === "" ? message : { ...message, reasoning: text };
    case "details": {
      const reasoning = text === "" ? {} : { reasoning: text };
      const own = blocks.filter((block) => !isOfType(block, "thinking"));
      return { ...message, ...reasoning, ...(own.length > 0 && { reasoning_details: own }) };
    }
    case "parts": {
      const plain = { type: "thinking", thinking: [{ type: "text", text }], closed: true };
      return withParts(message, "thinking", thinking.length > 0 ? thinking : text === "" ? [] : [plain]);
    }
    default:
      return text === "" ? message : { ...message, reasoning_content: text };
  }
}

/** The message with parts of reasoning in front of its content. */
function withParts(message: AssistantMessage, type: string, parts: readonly unknown[]): AssistantMessage {
  const { content } = message;
  // Content that already has such parts was written for this endpoint.
  if (parts.length === 0 || (Array.isArray(content) && content.some((part) => isOfType(part, type)))) return message;
  const rest = Array.isArray(content) ? content : content ? [{ type: "text", text: content }] : [];
  return { ...message, content: [...(parts as ContentPart[]), ...rest] };
}

function isOfType(block: unknown, type: string): boolean {
  return readPath(block, "type") === type;
}
