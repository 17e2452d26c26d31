import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { AIMessageChunk, type AIMessageChunkFields, type ContentBlock } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import type { ChatEvent, ChatResult, ChatStream, ToolCall, Usage } from "@llm-provider/core";
import { ownFields, readDataUrl } from "@llm-provider/core/internal";
import { stampError } from "./stamp-error.ts";
import { bridgeKey, type Kept } from "./to-messages.ts";

/** An answer or a chunk of one. Reasoning is a content block. In a whole answer, calls without complete arguments are invalid. */
export class AnswerChunk extends AIMessageChunk {
  /** A stored message loads as LangChain's own class. */
  override get lc_id(): string[] {
    return [...this.lc_namespace, AIMessageChunk.lc_name()];
  }

  constructor(fields: AIMessageChunkFields) {
    super(fields);
    const { tool_call_chunks: chunks = [], content, response_metadata: metadata } = this;
    const kept = metadata[bridgeKey] as Kept | undefined;
    if (!kept || chunks.length === 0) return;
    const read = chunks.map(({ id = "", name = "", args = "" }) =>
      toToolCall({ id, name, arguments: args, kind: kept.calls?.[id]?.kind }),
    );
    this.tool_calls = read.filter((call) => call.type === "tool_call");
    this.invalid_tool_calls = read.filter((call) => call.type === "invalid_tool_call");
    if (!Array.isArray(content) || metadata["output_version"] !== "v1") return;
    this.content = [...content, ...read.filter(({ id }) => !content.some((block) => block["id"] === id))];
  }

  /** LangChain uses these blocks as the content of output version `v1`, and joins chunks of a block by `index`. */
  override get contentBlocks(): ContentBlock.Standard[] {
    const { content, additional_kwargs: own, response_metadata: metadata } = this;
    if (metadata["output_version"] === "v1") return content as ContentBlock.Standard[];
    const isWhole = bridgeKey in metadata;
    const at = (index: number): object => (isWhole ? {} : { index });
    const { reasoning_content: reasoning } = own;
    const thoughts = reasoning ? [{ type: "reasoning", reasoning, ...at(0) }] : [];
    const text = content === "" ? [] : [{ type: "text", text: content, ...at(1) }];
    const calls = isWhole ? [...(this.tool_calls ?? []), ...(this.invalid_tool_calls ?? [])] : [];
    return [...thoughts, ...(typeof content === "string" ? text : content), ...calls] as ContentBlock.Standard[];
  }
}

/** Yields the chunks of a stream and passes each to the callbacks. The last one has usage and metadata. */
export async function* toChunks(
  open: () => ChatStream,
  runManager: CallbackManagerForLLMRun | undefined,
): AsyncGenerator<ChatGenerationChunk> {
  let id: string | undefined;
  const toChunk = (fields: AIMessageChunkFields): ChatGenerationChunk => {
    const message = new AnswerChunk({ id, ...fields });
    return new ChatGenerationChunk({ text: typeof fields.content === "string" ? fields.content : "", message });
  };
  const tell = (chunk: ChatGenerationChunk): Promise<void> | undefined =>
    runManager?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk });
  try {
    const stream = open();
    for await (const event of stream) {
      if (event.type === "start") id = event.id;
      const fields = fieldsOf(event);
      if (!fields) continue;
      const chunk = toChunk(fields);
      yield chunk;
      if (runManager) await tell(chunk);
    }
    const last = toChunk({ content: "", ...endingOf(await stream.result) });
    yield last;
    await tell(last);
  } catch (error) {
    throw stampError(error);
  }
}

function fieldsOf(event: ChatEvent): AIMessageChunkFields | undefined {
  const type = "tool_call_chunk";
  switch (event.type) {
    case "text":
      return { content: event.text };
    case "reasoning":
      return { content: "", additional_kwargs: { reasoning_content: event.text } };
    case "image":
      return { content: [toImage(event.url)] };
    case "tool-call-start":
      return {
        content: "",
        tool_call_chunks: [{ type, index: event.index, id: event.id, name: event.name, args: "" }],
      };
    case "tool-call-delta":
      return { content: "", tool_call_chunks: [{ type, index: event.index, args: event.arguments }] };
    default:
      return undefined;
  }
}

/** Converts a whole answer. */
export function toAnswer(result: ChatResult): AnswerChunk {
  const { id, text, reasoning, images, toolCalls } = result;
  const blocks = images && [...(text === "" ? [] : [{ type: "text", text }]), ...images.map(toImage)];
  return new AnswerChunk({
    id,
    content: blocks ?? text,
    additional_kwargs: reasoning === "" ? {} : { reasoning_content: reasoning },
    tool_call_chunks: toolCalls.map(({ id: callId, name, arguments: args }, index) => {
      return { type: "tool_call_chunk", index, id: callId, name, args };
    }),
    ...endingOf(result),
  });
}

type Ending = Pick<AIMessageChunkFields, "usage_metadata" | "response_metadata">;

/** Returns the usage and metadata of an answer. */
export function endingOf(result: ChatResult): Ending {
  const { model, finishReason, rawFinishReason, usage, refusal, toolCalls, message, changes, response } = result;
  const special = toolCalls.filter(({ kind, extra }) => kind || extra);
  const calls = Object.fromEntries(special.map(({ id, kind, extra }) => [id, { ...(kind && { kind }), extra }]));
  const kept: Kept = { message: ownFields(message), ...(refusal && { refusal }), ...(special[0] && { calls }) };
  return {
    ...(usage && { usage_metadata: toUsage(usage) }),
    response_metadata: {
      ...result.metadata,
      model,
      model_name: model,
      finish_reason: rawFinishReason ?? finishReason,
      changes,
      limits: response.limits,
      cost: usage?.cost,
      request_id: response.requestId,
      [bridgeKey]: kept,
    },
  };
}

function toUsage(usage: Usage): NonNullable<Ending["usage_metadata"]> {
  const { cachedInputTokens: cached, reasoningTokens: reasoning } = usage;
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    total_tokens: usage.totalTokens,
    input_token_details: cached === undefined ? {} : { cache_read: cached },
    output_token_details: reasoning === undefined ? {} : { reasoning },
  };
}

type TheirToolCall =
  | { type: "tool_call"; id: string; name: string; args: { [name: string]: unknown } }
  | { type: "invalid_tool_call"; id: string; name: string; args: string; error: string };

/** Converts a call. If its arguments are not a complete JSON object, the call is invalid. A custom tool gets its text as `input`. */
export function toToolCall({ id, name, arguments: text, kind }: ToolCall): TheirToolCall {
  const args = kind ? { input: text } : readObject(text.trim() === "" ? "{}" : text);
  if (args) return { type: "tool_call", id, name, args };
  return { type: "invalid_tool_call", id, name, args: text, error: "The arguments are not a JSON object." };
}

function readObject(text: string): { [name: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Converts an image to a standard block. */
export function toImage(url: string): ContentBlock {
  const { mediaType: mimeType, data } = readDataUrl(url) ?? {};
  return data === undefined ? { type: "image", url } : { type: "image", mimeType, data };
}
