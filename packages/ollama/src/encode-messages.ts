import {
  type AssistantMessage,
  type ContentPart,
  type Json,
  type JsonObject,
  type Message,
  ProviderError,
} from "@llm-provider/core";

/** Converts messages to Ollama's form: text in one string, images as base64 next to it, arguments as objects, tool results by tool name. */
export function encodeMessages(messages: readonly Message[]): JsonObject[] {
  const names = new Map<string, string>();
  return messages.map((message) => {
    const encoded = encodeContent(message);
    if (message.role === "assistant") return encodeAssistant(message, encoded, names);
    if (message.role !== "tool") return encoded;
    const name = names.get(message.tool_call_id) ?? encoded["name"];
    return encoded["tool_name"] === undefined && name !== undefined ? { ...encoded, tool_name: name } : encoded;
  });
}

function encodeContent(message: Message): JsonObject {
  const { content } = message;
  const { content: _, ...rest } = message as unknown as JsonObject;
  if (!Array.isArray(content)) return { ...rest, content: content ?? "" };
  const parts: readonly ContentPart[] = content;
  const images = parts.filter((part) => part.type !== "text").map(imageOf);
  const text = parts.map((part) => (part.type === "text" ? String(part["text"]) : "")).join("");
  return { ...rest, content: text, ...(images.length > 0 && { images }) };
}

/** Returns the base64 data of an image. Ollama accepts no other kind of part. */
function imageOf(part: ContentPart): string {
  const image: unknown = part["image_url"];
  const url: unknown = typeof image === "string" ? image : (image as JsonObject | undefined)?.["url"];
  const data = typeof url === "string" ? /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1] : undefined;
  if (data !== undefined) return data;
  const problem = typeof url === "string" ? "an image given by its URL" : `a part of type "${part.type}"`;
  throw new ProviderError(`Ollama cannot take ${problem}.`, {
    code: "unsupported-parameter",
    provider: "ollama",
    hint: "Ollama accepts text, and images as data: download the image and send it as data:image/png;base64,… in `image_url`.",
  });
}

function encodeAssistant(message: AssistantMessage, encoded: JsonObject, names: Map<string, string>): JsonObject {
  const { reasoning, reasoning_content, reasoning_details: _, ...rest } = encoded;
  const thinking = encoded["thinking"] ?? (reasoning || reasoning_content);
  const calls = message.tool_calls?.map((call) => {
    const called = (call["function"] ?? {}) as { name: string; arguments?: Json };
    names.set(call.id, called.name);
    return { ...call, function: { ...called, arguments: argumentsOf(called.arguments) } } as JsonObject;
  });
  return { ...rest, ...(thinking ? { thinking } : {}), ...(calls && { tool_calls: calls }) };
}

/** Invalid JSON that a model wrote is sent back as a string inside an object, because the endpoint accepts only objects. */
function argumentsOf(value: Json | undefined): Json {
  if (typeof value !== "string") return value ?? {};
  if (value.trim() === "") return {};
  try {
    const parsed = JSON.parse(value) as Json;
    return typeof parsed === "object" && parsed !== null ? parsed : { arguments: parsed };
  } catch {
    return { arguments: value };
  }
}
