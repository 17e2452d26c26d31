import type { Dialect } from "./dialect.ts";
import { decodeOpenai } from "./decode-openai.ts";
import { encodeOpenai } from "./encode-openai.ts";
import { openaiErrorText } from "./openai-error-text.ts";
import { openaiModelIds } from "./openai-model-ids.ts";
import type { OpenaiOptions } from "./openai-options.ts";

/** The wire format of OpenAI Chat Completions and of all that speak it. `settings` lets a twin speak it too. */
export function openai(options: OpenaiOptions = {}): Dialect & { readonly settings: Required<OpenaiOptions> } {
  const settings = { reasoning: "reasoning_content", history: "omit", usage: "volunteered", ...options } as const;
  return {
    name: "openai",
    settings,
    framing: "sse",
    paths: { chat: "/chat/completions", models: "/models" },
    encode: (request, changes) => encodeOpenai(request, settings, changes),
    decoder: decodeOpenai,
    modelIds: openaiModelIds,
    errorText: openaiErrorText,
  };
}
