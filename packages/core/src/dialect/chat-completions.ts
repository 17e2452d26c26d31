import type { ChatCompletionsOptions, Dialect } from "../chat/dialect.ts";
import { decodeChatCompletions } from "./decode-chat-completions.ts";
import { embeddings } from "./embeddings.ts";
import { encodeChatCompletions } from "./encode-chat-completions.ts";
import { errorText } from "./error-text.ts";
import { modelIds } from "./model-ids.ts";

/** The wire format of OpenAI Chat Completions and of every compatible endpoint. The options say how an endpoint speaks it. */
export function chatCompletions(options: ChatCompletionsOptions = {}): Dialect {
  const settings = {
    reasoning: "reasoning_content",
    history: "omit",
    usage: "volunteered",
    reasoningTags: [],
    finishReasons: {},
    text: "deltas",
    ...options,
  } as const;
  return {
    name: "chat-completions",
    settings,
    framing: "sse",
    paths: { chat: "/chat/completions", models: "/models" },
    encode: (request, changes) => encodeChatCompletions(request, settings, changes),
    decoder: () => decodeChatCompletions(settings),
    modelIds,
    errorText,
    embeddings,
  };
}
