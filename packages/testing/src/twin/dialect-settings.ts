import type { ChatCompletionsOptions, Definition } from "@llm-provider/core";

/** The options that an `chatCompletions()` dialect was made with; undefined for a dialect of another kind. */
export function dialectSettings({ dialect }: Definition): Required<ChatCompletionsOptions> | undefined {
  return (dialect as { settings?: Required<ChatCompletionsOptions> }).settings;
}
