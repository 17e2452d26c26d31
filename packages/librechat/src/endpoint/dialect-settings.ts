import type { ChatCompletionsOptions, Definition } from "@llm-provider/core";

/** What an endpoint of the OpenAI dialect does with reasoning, history and usage; `undefined` for another wire format. */
export function dialectSettings({ dialect }: Definition): Required<ChatCompletionsOptions> | undefined {
  return dialect.name === "openai" && "settings" in dialect
    ? (dialect.settings as Required<ChatCompletionsOptions>)
    : undefined;
}
