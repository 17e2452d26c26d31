import {
  type AIMessage,
  type BaseMessage,
  type ContentBlock,
  isAIMessage,
  isToolMessage,
} from "@langchain/core/messages";
import type { AssistantMessage, ContentPart, Message, ToolCall } from "@llm-provider/core";
import { assistantMessage, filePart, type Said } from "@llm-provider/core/internal";

/** Where in `response_metadata` an answer keeps what only its provider reads. */
export const bridgeKey = "llm-provider";

/** What goes back as it came: the message's own fields, the refusal, and by id what LangChain does not know of a call. */
export interface Kept {
  readonly message: Said["own"];
  readonly refusal?: string;
  readonly calls?: { readonly [id: string]: Pick<ToolCall, "kind" | "extra"> };
}

const roles: { readonly [type: string]: string } = { human: "user", generic: "user" };

/** One message of LangChain. */
export function toMessage(message: BaseMessage): Message {
  if (isAIMessage(message)) return toAssistant(message);
  const content = toContent(message);
  if (isToolMessage(message)) return { role: "tool", tool_call_id: message.tool_call_id, content };
  const { type, name, role = roles[type] ?? type } = message as BaseMessage & { role?: string };
  return { role: role as "user", content, ...(name !== undefined && { name }) };
}

function toAssistant(message: AIMessage): AssistantMessage {
  const { message: own, refusal = "", calls = {} } = (message.response_metadata[bridgeKey] ?? {}) as Partial<Kept>;
  const blocks = message.contentBlocks as { type: string; text?: string; reasoning?: string }[];
  const all = blocks.map(({ type, text = "" }) => (type === "text" ? text : "")).join("");
  const told: unknown = message.additional_kwargs["reasoning_content"];
  const thoughts = blocks.map(({ type, reasoning = "" }) => (type === "reasoning" ? reasoning : "")).join("");
  const images = blocks.filter(({ type }) => type === "image").map(toPart);
  const toolCalls = (message.tool_calls ?? []).map(({ id = "", name, args }): ToolCall => {
    const kept = Object.hasOwn(calls, id) ? calls[id] : undefined;
    return { ...kept, id, name, arguments: kept?.kind ? String(args["input"]) : JSON.stringify(args) };
  });
  const text = refusal !== "" && all.endsWith(refusal) ? all.slice(0, -refusal.length) : all;
  const reasoning = typeof told === "string" ? told : thoughts;
  const home = { ...(images.length > 0 && { images }), ...own };
  return assistantMessage({ text, refusal, reasoning, toolCalls, own: home });
}

/** A lone text stays a text: parts would be joined again for most endpoints, and reported. */
function toContent(message: BaseMessage): string | ContentPart[] {
  if (typeof message.content === "string") return message.content;
  const parts = message.contentBlocks.map(toPart);
  return parts.length === 1 && parts[0]!.type === "text" ? (parts[0]!["text"] as string) : parts;
}

function toPart(block: ContentBlock): ContentPart {
  const { type, text, url, data, mimeType = type, fileId, metadata, value } = block as ContentPart;
  if (type === "text" || type === "text-plain") return { type: "text", text: text ?? data };
  if (type === "file" && fileId) return { type: "file", file: { file_id: fileId } };
  // What LangChain does not know is a part of the wire format already.
  return filePart({ mediaType: mimeType, data, url, filename: metadata?.filename }) ?? value ?? block;
}
