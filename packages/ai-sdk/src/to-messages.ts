import {
  type LanguageModelV4FilePart,
  type LanguageModelV4Message,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import type { AssistantMessage, ContentPart, Message, ToolCall } from "@llm-provider/core";
import { assistantMessage, filePart, type Said } from "@llm-provider/core/internal";

/** The bridge's key in `providerOptions` and `providerMetadata`, for every provider. */
export const bridgeKey = "llm-provider";

/** Fields of the message and of the call that a part carries, so that they can be sent back unchanged. */
export type Kept = { message?: Said["own"]; extra?: ToolCall["extra"]; kind?: "custom"; refusal?: true };

type PartsOf<Role> = Extract<LanguageModelV4Message, { role: Role }>["content"];

/** Converts one AI SDK message. Each tool result becomes a message. */
export function toMessages(message: LanguageModelV4Message): Message[] {
  if (message.role === "system") return [{ role: "system", content: message.content }];
  if (message.role === "assistant") return [toAssistant(message.content)];
  if (message.role === "user") return [{ role: "user", content: toContent(message.content) }];
  const results = message.content.filter((part) => part.type === "tool-result");
  return results.map(({ toolCallId, output }) => ({ role: "tool", tool_call_id: toolCallId, content: toText(output) }));
}

function toAssistant(parts: PartsOf<"assistant">): AssistantMessage {
  const said = { text: "", refusal: "", reasoning: "" };
  const [toolCalls, images]: [ToolCall[], ContentPart[]] = [[], []];
  let own: Said["own"] = {};
  for (const part of parts) {
    const { message, refusal, ...kept } = (part.providerOptions?.[bridgeKey] ?? {}) as Kept;
    own = { ...own, ...message };
    if (part.type === "text") said[refusal ? "refusal" : "text"] += part.text;
    else if (part.type === "reasoning") said.reasoning += part.text;
    else if (part.type === "file") images.push(toPart(part));
    else if (part.type === "tool-call" && !part.providerExecuted) {
      const text = typeof part.input === "string" ? part.input : JSON.stringify(part.input ?? {});
      toolCalls.push({ ...kept, id: part.toolCallId, name: part.toolName, arguments: text });
    }
  }
  return assistantMessage({ ...said, toolCalls, own: { ...(images.length > 0 && { images }), ...own } });
}

/** A single text stays a string: most endpoints would need it joined again, which would be reported as a change. */
function toContent(parts: PartsOf<"user">): string | ContentPart[] {
  const content = parts.map((part) => (part.type === "text" ? { type: "text", text: part.text } : toPart(part)));
  return parts.length === 1 && parts[0]?.type === "text" ? parts[0].text : content;
}

function toPart({ data, mediaType, filename }: LanguageModelV4FilePart): ContentPart {
  if (data.type === "text") return { type: "text", text: data.text };
  const given = data.type === "data" ? { data: data.data } : data.type === "url" ? { url: data.url.href } : {};
  const part = filePart({ mediaType, filename, ...given });
  if (part) return part;
  throw new UnsupportedFunctionalityError({ functionality: `a file of the type ${mediaType}, given as ${data.type}` });
}

function toText(output: Extract<PartsOf<"tool">[number], { type: "tool-result" }>["output"]): string {
  if (output.type === "execution-denied") return output.reason ?? "The user did not allow this tool call.";
  if (output.type === "text" || output.type === "error-text") return output.value;
  const isText = output.type === "content" && output.value.every(({ type }) => type === "text");
  return isText ? output.value.map((part) => (part as { text: string }).text).join("\n") : JSON.stringify(output.value);
}
