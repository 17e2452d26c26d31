import type { ChatResult } from "@llm-provider/core";
import { toFinishReason, toUsage, type ChunkFacts } from "./chunk-writer.ts";

/** Converts a whole answer to OpenAI's format. */
export function toCompletion(result: ChatResult, { id, model, created }: ChunkFacts): object {
  const { reasoning, refusal, images = [], finishReason, rawFinishReason, usage, message } = result;
  const { reasoning: _, provider: __, images: ___, role, content, ...rest } = message;
  return {
    id,
    object: "chat.completion",
    created,
    model,
    choices: [
      {
        index: 0,
        message: {
          role,
          content: content ?? null,
          refusal: refusal ?? null,
          ...(reasoning !== "" && { reasoning_content: reasoning }),
          ...(images.length > 0 && {
            images: images.map((url, index) => ({ type: "image_url", image_url: { url }, index })),
          }),
          ...rest,
        },
        logprobs: null,
        finish_reason: toFinishReason(finishReason, rawFinishReason),
      },
    ],
    ...(usage && { usage: toUsage(usage) }),
  };
}
