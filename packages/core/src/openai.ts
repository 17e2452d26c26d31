import type { Dialect } from "./dialect.ts";
import { decodeOpenai } from "./decode-openai.ts";
import { encodeOpenai } from "./encode-openai.ts";
import { openaiErrorText } from "./openai-error-text.ts";
import { openaiModelIds } from "./openai-model-ids.ts";

export type OpenaiOptions = {
  /** The field in which reasoning is sent back. Answers are read in every form whatever is said here. */
  reasoning?: "reasoning_content" | "reasoning" | "details" | "parts";
  /**
   * Which reasoning goes back with the history. `optional`: all that there is; `required-with-tools`: never missing on a
   * turn that called tools; `verbatim`: as `optional`, blocks and signatures unchanged.
   */
  history?: "omit" | "optional" | "required-with-tools" | "verbatim";
  /** Does a stream count tokens only when `stream_options.include_usage` asks for it? */
  usage?: "asked" | "volunteered";
};

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
