import type { ChatModelStreamEvent, FinishReason } from "@langchain/core/language_models/event";
import type { ContentBlock } from "@langchain/core/messages";
import type { ChatStream } from "@llm-provider/core";
import { endingOf, toImage, toToolCall } from "./answer-chunk.ts";

const reasons: { readonly [reason: string]: FinishReason } = {
  stop: "stop",
  length: "length",
  "tool-calls": "tool_use",
  "content-filter": "content_filter",
};

/** Yields the events of `streamEvents`. Only one block of text or reasoning is open at a time, and each tool call is a block. */
export async function* toEvents(stream: ChatStream): AsyncGenerator<ChatModelStreamEvent> {
  let index = -1;
  let open: { type: "text" | "reasoning"; said: string } | undefined;
  /** Block indexes by the index of their call. */
  const calls = new Map<number, number>();
  const close = (): ChatModelStreamEvent[] => {
    const content = open && { type: open.type, [open.type]: open.said };
    open = undefined;
    return content ? [{ event: "content-block-finish", index, content }] : [];
  };
  const start = (content: ContentBlock): ChatModelStreamEvent => ({
    event: "content-block-start",
    index: ++index,
    content,
  });
  for await (const event of stream) {
    switch (event.type) {
      case "start":
        yield { event: "message-start", id: event.id };
        break;
      case "text":
      case "reasoning": {
        const { type, text } = event;
        if (open?.type !== type) {
          yield* close();
          yield start({ type, [type]: "" });
          open = { type, said: "" };
        }
        open.said += text;
        const delta =
          type === "text"
            ? { type: "text-delta" as const, text }
            : { type: "reasoning-delta" as const, reasoning: text };
        yield { event: "content-block-delta", index, delta };
        break;
      }
      case "image":
        yield* close();
        yield start(toImage(event.url));
        yield { event: "content-block-finish", index, content: toImage(event.url) };
        break;
      case "tool-call-start":
        yield* close();
        yield start({ type: "tool_call_chunk", id: event.id, name: event.name, args: "" });
        calls.set(event.index, index);
        break;
      case "tool-call-delta":
        yield {
          event: "content-block-delta",
          index: calls.get(event.index)!,
          delta: { type: "tool-call-delta", args: event.arguments },
        };
        break;
      case "tool-call":
        yield* close();
        yield { event: "content-block-finish", index: calls.get(event.index)!, content: toToolCall(event.toolCall) };
    }
  }
  yield* close();
  const result = await stream.result;
  const { usage_metadata: usage, response_metadata: responseMetadata } = endingOf(result);
  yield { event: "message-finish", reason: reasons[result.finishReason], usage, responseMetadata };
}
