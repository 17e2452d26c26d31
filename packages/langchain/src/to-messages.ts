import {
  type AIMessage,
  type BaseMessage,
  type ContentBlock,
  isAIMessage,
  isToolMessage,
} from "@langchain/core/messages";
import type { AssistantMessage, ContentPart, Message, ToolCallOnWire } from "@llm-provider/core";
import { ProviderError } from "@llm-provider/core";

/** Where in `response_metadata` an answer keeps what only its provider reads. */
export const bridgeKey = "llm-provider";

/** What goes back as it came: the message's own fields, the refusal, and by id what LangChain does not know of a call. */
export interface Kept {
  readonly message: Partial<AssistantMessage>;
  readonly refusal?: string;
  readonly calls?: { readonly [id: string]: { readonly kind?: "custom"; readonly extra?: object } };
}

type Role = "system" | "developer" | "user" | "function";

/** One message of LangChain. */
export function toMessage(message: BaseMessage): Message {
  if (isAIMessage(message)) return toAssistant(message);
  const content = toContent(message);
  if (isToolMessage(message)) return { role: "tool", tool_call_id: message.tool_call_id, content };
  const roles: { readonly [type: string]: string } = {
    human: "user",
    generic: (message as { role?: string }).role ?? "user",
  };
  const { type, name } = message;
  return { role: (roles[type] ?? type) as Role, content, ...(name !== undefined && { name }) };
}

function toAssistant(message: AIMessage): AssistantMessage {
  const { message: own, refusal, calls = {} } = (message.response_metadata[bridgeKey] ?? {}) as Partial<Kept>;
  const blocks = message.contentBlocks;
  const textOf = (type: "text" | "reasoning"): string =>
    blocks.map((block) => (block.type === type ? String(block[type as keyof typeof block] ?? "") : "")).join("");
  const told: unknown = message.additional_kwargs["reasoning_content"];
  const reasoning = typeof told === "string" ? told : textOf("reasoning");
  const all = textOf("text");
  const text = refusal !== undefined && all.endsWith(refusal) ? all.slice(0, -refusal.length) : all;
  const images = blocks.filter(({ type }) => type === "image").map(toPart);
  const wireCalls = (message.tool_calls ?? []).map(({ id = "", name, args }): ToolCallOnWire => {
    const { kind, extra } = calls[id] ?? {};
    const call = kind
      ? { type: kind, custom: { name, input: args["input"] } }
      : { type: "function", function: { name, arguments: JSON.stringify(args) } };
    return { ...extra, id, ...call };
  });
  return {
    ...{ role: "assistant", content: text === "" && (wireCalls.length > 0 || refusal) ? null : text, ...own },
    ...(refusal && { refusal }),
    ...(reasoning && { reasoning }),
    ...(images.length > 0 && { images }),
    ...(wireCalls.length > 0 && { tool_calls: wireCalls }),
  };
}

/** A lone text stays a text: parts would be joined again for most endpoints, and reported. */
function toContent(message: BaseMessage): string | ContentPart[] {
  if (typeof message.content === "string") return message.content;
  const parts = message.contentBlocks.map(toPart);
  return parts.length === 1 && parts[0]!.type === "text" ? (parts[0]!["text"] as string) : parts;
}

function toPart(block: ContentBlock): ContentPart {
  const { type, text, url, data, mimeType, fileId, metadata, value } = block as { type: string; [field: string]: any };
  const bytes =
    data instanceof Uint8Array ? btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join("")) : data;
  const address: unknown = url ?? (bytes && `data:${mimeType ?? "image/png"};base64,${bytes}`);
  if (type === "text" || type === "text-plain") return { type: "text", text: text ?? bytes };
  if (type === "image" && address) return { type: "image_url", image_url: { url: address } };
  if (type === "audio" && bytes)
    return { type: "input_audio", input_audio: { data: bytes, format: /wav/.test(mimeType) ? "wav" : "mp3" } };
  if (type === "file" && bytes)
    return { type: "file", file: { filename: metadata?.filename ?? "file.pdf", file_data: address } };
  if (type === "file" && fileId) return { type: "file", file: { file_id: fileId } };
  // What LangChain does not know is a part of the wire format already.
  return value ?? block;
}
