// streamText and generateText of `ai`, over @ai-sdk/openai-compatible.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, jsonSchema, streamText, tool } from "ai";
import type { Driver, Task } from "../driver.ts";
import { memoize } from "../memoize.ts";
import { apiKey } from "../scenarios.ts";
import { addReasoning, addText, addTool, createSink } from "../sink.ts";

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
const model = memoize((baseURL) =>
  createOpenAICompatible({ name: "bench", baseURL, apiKey, includeUsage: true })("bench-model"),
);

function toSettings({ baseURL, messages: [system, user], tools }: Task) {
  const named = tools?.map(({ function: { name, description, parameters } }) => [
    name,
    tool({ description, inputSchema: jsonSchema(parameters) }),
  ]);
  return {
    model: model(baseURL),
    system: system.content,
    messages: [user],
    maxRetries: 0,
    ...(named && { tools: Object.fromEntries(named) }),
  };
}

export const driver: Driver = {
  async stream(task) {
    const sink = createSink();
    for await (const part of streamText(toSettings(task)).fullStream) {
      if (part.type === "text-delta") addText(sink, part.text);
      else if (part.type === "reasoning-delta") addReasoning(sink, part.text);
      else if (part.type === "tool-input-start") addTool(sink, 0, part.toolName);
      else if (part.type === "tool-input-delta") addTool(sink, 0, "", part.delta);
      else if (part.type === "error") throw part.error;
    }
    return sink;
  },
  async chat(task) {
    return generateText(toSettings(task));
  },
};
