import {
  type LanguageModelV4FilePart,
  type LanguageModelV4Message,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import type { AssistantMessage, ContentPart, Message, ToolCallOnWire } from "@llm-provider/core";

/** The bridge's key in `providerOptions` and `providerMetadata`, whichever provider is behind. */
export const bridgeKey = "llm-provider";

/** What a part of an answer carries, so that it goes back as it came: fields of its message and of its call. */
export type Kept = { message?: Partial<AssistantMessage>; extra?: object; kind?: "custom"; refusal?: true };

/** One message of AI SDK; the results of several tools are one message each. */
export function toMessages(message: LanguageModelV4Message): Message[] {
  if (message.role === "system") return [{ role: "system", content: message.content }];
  if (message.role === "assistant") return [toAssistant(message.content)];
  if (message.role === "tool")
    return message.content.flatMap((part) =>
      part.type === "tool-result"
        ? [{ role: "tool", tool_call_id: part.toolCallId, content: toText(part.output) }]
        : [],
    );
  const content = message.content.map((part) =>
    part.type === "text" ? { type: "text", text: part.text } : toPart(part),
  );
  // A lone text stays a text: parts would be joined again for most endpoints, and reported.
  const [first] = message.content;
  return [{ role: "user", content: content.length === 1 && first?.type === "text" ? first.text : content }];
}

type PartsOf<Role> = Extract<LanguageModelV4Message, { role: Role }>["content"];

function toAssistant(parts: PartsOf<"assistant">): AssistantMessage {
  const texts = { content: "", refusal: "", reasoning: "" };
  const [calls, images]: [ToolCallOnWire[], ContentPart[]] = [[], []];
  let fields: Partial<AssistantMessage> = {};
  for (const part of parts) {
    const { message, refusal, extra, kind } = (part.providerOptions?.[bridgeKey] ?? {}) as Kept;
    fields = { ...fields, ...message };
    if (part.type === "text") texts[refusal ? "refusal" : "content"] += part.text;
    else if (part.type === "reasoning") texts.reasoning += part.text;
    else if (part.type === "file") images.push(toPart(part));
    else if (part.type === "tool-call" && !part.providerExecuted) {
      const { toolCallId: id, toolName: name, input } = part;
      const text = typeof input === "string" ? input : JSON.stringify(input ?? {});
      const call = kind
        ? { type: kind, custom: { name, input: text } }
        : { type: "function", function: { name, arguments: text } };
      calls.push({ ...extra, id, ...call });
    }
  }
  const { content, refusal, reasoning } = texts;
  const isSilent = content === "" && (calls.length > 0 || refusal !== "");
  return {
    ...{ role: "assistant", content: isSilent ? null : content, ...fields },
    ...(refusal && { refusal }),
    ...(reasoning && { reasoning }),
    ...(images.length > 0 && { images }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

function toPart({ data, mediaType, filename }: LanguageModelV4FilePart): ContentPart {
  if (data.type === "text") return { type: "text", text: data.text };
  const bytes = data.type === "data" ? toBase64(data.data) : undefined;
  const url =
    data.type === "url" ? data.url.href : `data:${mediaType.replace(/^image(\/\*)?$/, "image/png")};base64,${bytes}`;
  if (mediaType.startsWith("image") && data.type !== "reference") return { type: "image_url", image_url: { url } };
  const format = /^audio\/(?:(wav)|mp3|mpeg)$/.exec(mediaType);
  if (bytes && format) return { type: "input_audio", input_audio: { data: bytes, format: format[1] ?? "mp3" } };
  if (bytes && mediaType === "application/pdf")
    return { type: "file", file: { filename: filename ?? "file.pdf", file_data: url } };
  throw new UnsupportedFunctionalityError({ functionality: `a file of the type ${mediaType}, given as ${data.type}` });
}

function toBase64(data: Uint8Array | string): string {
  return typeof data === "string" ? data : btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
}

function toText(output: Extract<PartsOf<"tool">[number], { type: "tool-result" }>["output"]): string {
  if (output.type === "execution-denied") return output.reason ?? "The user did not allow this tool call.";
  if (output.type === "text" || output.type === "error-text") return output.value;
  const texts =
    output.type === "content" ? output.value.flatMap((part) => (part.type === "text" ? [part.text] : [])) : [];
  return texts.length > 0 && texts.length === (output.value as unknown[]).length
    ? texts.join("\n")
    : JSON.stringify(output.value);
}
