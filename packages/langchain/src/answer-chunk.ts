import { AIMessageChunk, type AIMessageChunkFields, type ContentBlock } from "@langchain/core/messages";
import type { ChatEvent, ChatResult, ChatStream, ToolCall, Usage } from "@llm-provider/core";
import { ownFields } from "@llm-provider/core/internal";
import { bridgeKey, type Kept } from "./to-messages.ts";

/** How content is given: as text, or as a list of standard blocks. */
export type OutputVersion = "v0" | "v1";

/** An answer or a piece of it. Its reasoning is a content block, and a whole one has calls with whole arguments only. */
export class AnswerChunk extends AIMessageChunk {
  /** Stored messages are read back as LangChain's own. */
  override get lc_id(): string[] {
    return [...this.lc_namespace, AIMessageChunk.lc_name()];
  }

  constructor(fields: AIMessageChunkFields) {
    super(fields);
    const kept = this.response_metadata[bridgeKey] as Kept | undefined;
    const chunks = this.tool_call_chunks ?? [];
    if (!kept || chunks.length === 0) return;
    const read = chunks.map(({ id = "", name = "", args = "" }) =>
      toToolCall({ id, name, arguments: args, kind: kept.calls?.[id]?.kind }),
    );
    this.tool_calls = read.filter((call) => call.type === "tool_call");
    this.invalid_tool_calls = read.filter((call) => call.type === "invalid_tool_call");
    if (this.response_metadata["output_version"] !== "v1") return;
    const content = this.content as ContentBlock[];
    this.content = [...content, ...read.filter(({ id }) => !content.some((block) => block["id"] === id))];
  }

  override get contentBlocks(): ContentBlock.Standard[] {
    const { content, additional_kwargs: own, tool_calls: calls = [], invalid_tool_calls: invalid = [] } = this;
    if (this.response_metadata["output_version"] === "v1") return content as ContentBlock.Standard[];
    const reasoning = own["reasoning_content"] ? [{ type: "reasoning", reasoning: own["reasoning_content"] }] : [];
    const blocks = typeof content !== "string" ? content : content === "" ? [] : [{ type: "text", text: content }];
    return [...reasoning, ...blocks, ...calls, ...invalid] as ContentBlock.Standard[];
  }
}

/** The chunks of a stream. The last one has usage and metadata. */
export async function* toChunks(stream: ChatStream, version: OutputVersion): AsyncGenerator<AnswerChunk> {
  let id: string | undefined;
  let block = { type: "", index: -1 };
  for await (const event of stream) {
    if (event.type === "start") id = event.id;
    if (event.type !== block.type) block = { type: event.type, index: block.index + 1 };
    const fields = fieldsOf(event, version, block.index);
    if (fields) yield new AnswerChunk({ id, ...fields });
  }
  yield new AnswerChunk({ id, content: version === "v1" ? [] : "", ...endingOf(await stream.result, version) });
}

function fieldsOf(event: ChatEvent, version: OutputVersion, index: number): AIMessageChunkFields | undefined {
  const inBlocks = (...content: object[]): AIMessageChunkFields => ({
    content: content as ContentBlock[],
    ...(version === "v1" && { response_metadata: { output_version: version } }),
  });
  const none = version === "v1" ? inBlocks() : { content: "" };
  switch (event.type) {
    case "text":
      return version === "v1" ? inBlocks({ type: "text", text: event.text, index }) : { content: event.text };
    case "reasoning":
      if (version === "v1") return inBlocks({ type: "reasoning", reasoning: event.text, index });
      return { content: "", additional_kwargs: { reasoning_content: event.text } };
    case "image":
      return inBlocks(toImage(event.url));
    case "tool-call-start":
      return {
        ...none,
        tool_call_chunks: [{ type: "tool_call_chunk", index: event.index, id: event.id, name: event.name, args: "" }],
      };
    case "tool-call-delta":
      return { ...none, tool_call_chunks: [{ type: "tool_call_chunk", index: event.index, args: event.arguments }] };
    default:
      return undefined;
  }
}

/** A whole answer. */
export function toAnswer(result: ChatResult, version: OutputVersion): AnswerChunk {
  const { id, text, reasoning, images = [], toolCalls } = result;
  const blocks = [
    ...(reasoning !== "" && version === "v1" ? [{ type: "reasoning", reasoning }] : []),
    ...(text === "" ? [] : [{ type: "text", text }]),
    ...images.map(toImage),
  ];
  return new AnswerChunk({
    ...{ id, content: version === "v0" && images.length === 0 ? text : blocks, ...endingOf(result, version) },
    additional_kwargs: reasoning !== "" && version === "v0" ? { reasoning_content: reasoning } : {},
    tool_call_chunks: toolCalls.map(({ id: callId, name, arguments: args }, index) => ({
      ...{ type: "tool_call_chunk" as const, index, id: callId, name, args },
    })),
  });
}

/** How an answer ended, and all that goes with it. */
export function endingOf(
  result: ChatResult,
  version: OutputVersion,
): Pick<AIMessageChunkFields, "usage_metadata" | "response_metadata"> {
  const { model, finishReason, rawFinishReason, usage, refusal, toolCalls, message, changes, metadata, response } =
    result;
  const special = toolCalls.filter(({ kind, extra }) => kind || extra);
  const calls = special.map(({ id, kind, extra }) => [id, { ...(kind && { kind }), ...(extra && { extra }) }]);
  const kept: Kept = {
    message: ownFields(message),
    ...(refusal && { refusal }),
    ...(special[0] && { calls: Object.fromEntries(calls) }),
  };
  const { requestId, limits } = response;
  return {
    ...(usage && { usage_metadata: toUsage(usage) }),
    response_metadata: {
      ...{ ...metadata, model, model_name: model, finish_reason: rawFinishReason ?? finishReason },
      ...{ changes, limits, cost: usage?.cost, request_id: requestId, [bridgeKey]: kept },
      ...(version === "v1" && { output_version: version }),
    },
  };
}

function toUsage(usage: Usage): NonNullable<AIMessageChunkFields["usage_metadata"]> {
  const { inputTokens, outputTokens, totalTokens, cachedInputTokens: cached, reasoningTokens: reasoning } = usage;
  return {
    ...{ input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: totalTokens },
    input_token_details: cached === undefined ? {} : { cache_read: cached },
    output_token_details: reasoning === undefined ? {} : { reasoning },
  };
}

type TheirToolCall =
  | { type: "tool_call"; id: string; name: string; args: { [name: string]: unknown } }
  | { type: "invalid_tool_call"; id: string; name: string; args: string; error: string };

/** Arguments that are not one whole JSON object make a call invalid. A custom tool takes its text as `input`. */
export function toToolCall({ id, name, arguments: text, kind }: ToolCall): TheirToolCall {
  const isEmpty = text.trim() === "";
  if (kind) return { type: "tool_call", id, name, args: { input: text } };
  try {
    const args: unknown = JSON.parse(isEmpty ? "{}" : text);
    if (typeof args === "object" && args !== null && !Array.isArray(args))
      return { type: "tool_call", id, name, args: { ...args } };
  } catch {
    // It is reported like other arguments that are not an object.
  }
  return { type: "invalid_tool_call", id, name, args: text, error: "The arguments are not a JSON object." };
}

/** An image as a standard block. */
export function toImage(url: string): ContentBlock {
  const [, mimeType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
  return data === undefined ? { type: "image", url } : { type: "image", mimeType, data };
}
