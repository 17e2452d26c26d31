import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, isStepCount, jsonSchema, streamText, tool, type LanguageModel } from "ai";
import { weather, type Client, type Endpoint } from "./client.ts";

const open = ({ baseURL, apiKey }: Endpoint, model: string): LanguageModel =>
  createOpenAICompatible({ name: "gateway", baseURL, apiKey, includeUsage: true })(model);
const once = { maxRetries: 0 };

export const aiSdkClient: Client = {
  name: "ai with @ai-sdk/openai-compatible",
  async stream(endpoint, model, prompt) {
    return readText(streamText({ model: open(endpoint, model), prompt, ...once, onError: () => {} }).fullStream);
  },
  async ask(endpoint, model, turns) {
    const messages = turns.map(({ role, content }) => ({ role, content }));
    return (await generateText({ model: open(endpoint, model), messages, ...once })).text;
  },
  async useTool(endpoint, model, prompt) {
    const inputs: unknown[] = [];
    const get_weather = tool({
      description: weather.description,
      inputSchema: jsonSchema(weather.schema),
      execute: async (input: unknown) => {
        inputs.push(input);
        return weather.result;
      },
    });
    const tools = { [weather.name]: get_weather };
    const given = { model: open(endpoint, model), prompt, tools, stopWhen: isStepCount(3), ...once };
    return { text: (await readText(streamText(given).fullStream)).join(""), inputs };
  },
};

/** The pieces of text. AI SDK delivers an error as a part of the stream. */
async function readText(parts: AsyncIterable<{ type: string; text?: string; error?: unknown }>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const { type, text, error } of parts) {
    if (type === "error") throw error;
    if (type === "text-delta" && text !== undefined) pieces.push(text);
  }
  return pieces;
}
