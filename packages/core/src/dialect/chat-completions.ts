import type { Dialect } from "../chat/dialect.ts";
import { decodeChatCompletions } from "./decode-chat-completions.ts";
import { encodeChatCompletions } from "./encode-chat-completions.ts";
import { errorText } from "./error-text.ts";
import { modelIds } from "./model-ids.ts";
import type { ChatCompletionsOptions } from "./chat-completions-options.ts";

/** The wire format of OpenAI Chat Completions and of all that speak it. `settings` lets a twin speak it too. */
export function chatCompletions(
  options: ChatCompletionsOptions = {},
): Dialect & { readonly settings: Required<ChatCompletionsOptions> } {
  const settings = { reasoning: "reasoning_content", history: "omit", usage: "volunteered", ...options } as const;
  return {
    name: "openai",
    settings,
    framing: "sse",
    paths: { chat: "/chat/completions", models: "/models" },
    encode: (request, changes) => encodeChatCompletions(request, settings, changes),
    decoder: decodeChatCompletions,
    modelIds: modelIds,
    errorText: errorText,
  };
}
