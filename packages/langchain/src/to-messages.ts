import {
  type AIMessage,
  type BaseMessage,
  type ContentBlock,
  isAIMessage,
  isToolMessage,
} from "@langchain/core/messages";
import type { AssistantMessage, ContentPart, Message, ToolCall } from "@llm-provider/core";
import { assistantMessage, filePart, type Said } from "@llm-provider/core/internal";

/** The key in `response_metadata` for fields that only the answer's provider reads. */
export const bridgeKey = "llm-provider";

/** Fields that are sent back unchanged: the message's own, the refusal, and by call id those that LangChain does not know. */
export interface Kept {
  readonly message: Said["own"];
  readonly refusal?: string;
  readonly calls?: { readonly [id: string]: Pick<ToolCall, "kind" | "extra"> };
}

const roles: { readonly [type: string]: string } = { human: "user", generic: "user" };

/** Converts one LangChain message. */
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

/** A single text stays a string: most endpoints would need it joined again, which would be reported as a change. */
function toContent(message: BaseMessage): string | ContentPart[] {
  if (typeof message.content === "string") return message.content;
  const parts = message.contentBlocks.map(toPart);
  return parts.length === 1 && parts[0]!.type === "text" ? (parts[0]!["text"] as string) : parts;
}

function toPart(block: ContentBlock): ContentPart {
  const { type, text, url, data, mimeType = type, fileId, metadata, value } = block as ContentPart;
  if (type === "text" || type === "text-plain") return { type: "text", text: text ?? data };
  if (type === "file" && fileId) return { type: "file", file: { file_id: fileId } };
  // A block that LangChain does not know already has the wire format.
  return filePart({ mediaType: mimeType, data, url, filename: metadata?.filename }) ?? value ?? block;
}
