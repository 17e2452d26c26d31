import type { ChatEvent, ChatResult } from "@llm-provider/core";

/** A whole answer as the events of a stream. */
export function eventsOf(result: ChatResult): ChatEvent[] {
  const { id, model, reasoning, text, refusal, images = [], toolCalls, finishReason, rawFinishReason, usage } = result;
  return [
    { type: "start", ...(id !== undefined && { id }), ...(model !== undefined && { model }) },
    ...(reasoning === "" ? [] : [{ type: "reasoning" as const, text: reasoning }]),
    ...(text === "" ? [] : [{ type: "text" as const, text, ...(refusal === text && { refusal: true as const }) }]),
    ...images.map((url) => ({ type: "image" as const, url })),
    ...toolCalls.flatMap((toolCall, index): ChatEvent[] => [
      {
        type: "tool-call-start",
        index,
        id: toolCall.id,
        name: toolCall.name,
        ...(toolCall.kind && { kind: toolCall.kind }),
      },
      { type: "tool-call-delta", index, arguments: toolCall.arguments },
      { type: "tool-call", index, toolCall },
    ]),
    {
      type: "finish",
      finishReason,
      ...(rawFinishReason !== undefined && { rawFinishReason }),
      ...(usage && { usage }),
    },
  ];
}
