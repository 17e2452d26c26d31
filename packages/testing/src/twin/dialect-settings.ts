import type { Definition, OpenaiOptions } from "@llm-provider/core";

/** The options that an `openai()` dialect was made with; undefined for a dialect of another kind. */
export function dialectSettings({ dialect }: Definition): Required<OpenaiOptions> | undefined {
  return (dialect as { settings?: Required<OpenaiOptions> }).settings;
}
