import OpenAI from "openai";
import { weather, type Client, type Endpoint } from "./client.ts";

const open = (endpoint: Endpoint): OpenAI => new OpenAI({ ...endpoint, maxRetries: 0 });
const { name, description, schema: parameters, result } = weather;

export const openaiClient: Client = {
  name: "openai",
  async stream(endpoint, model, prompt) {
    const pieces: string[] = [];
    const messages = [{ role: "user" as const, content: prompt }];
    const stream = await open(endpoint).chat.completions.create({ model, messages, stream: true });
    for await (const { choices } of stream) if (choices[0]?.delta.content) pieces.push(choices[0].delta.content);
    return pieces;
  },
  async ask(endpoint, model, messages) {
    const { choices } = await open(endpoint).chat.completions.create({ model, messages: [...messages] });
    return choices[0]!.message.content ?? "";
  },
  async useTool(endpoint, model, prompt) {
    const inputs: unknown[] = [];
    const runner = open(endpoint).chat.completions.runTools({
      model,
      messages: [{ role: "user", content: prompt }],
      stream: true,
      tools: [
        {
          type: "function",
          function: {
            name,
            description,
            parameters,
            parse: JSON.parse,
            function: (input: unknown) => {
              inputs.push(input);
              return result;
            },
          },
        },
      ],
    });
    return { text: (await runner.finalContent()) ?? "", inputs };
  },
};
