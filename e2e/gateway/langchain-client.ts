import { AIMessage, HumanMessage, ToolMessage, type AIMessageChunk } from "@langchain/core/messages";
import { concat } from "@langchain/core/utils/stream";
import { ChatOpenAI } from "@langchain/openai";
import { weather, type Client, type Endpoint } from "./client.ts";

const open = ({ baseURL, apiKey }: Endpoint, model: string): ChatOpenAI =>
  new ChatOpenAI({ model, apiKey, configuration: { baseURL }, maxRetries: 0 });
const { name, description, schema: parameters, result } = weather;

export const langchainClient: Client = {
  name: "@langchain/openai",
  async stream(endpoint, model, prompt) {
    const pieces: string[] = [];
    for await (const { text } of await open(endpoint, model).stream(prompt)) if (text !== "") pieces.push(text);
    return pieces;
  },
  async ask(endpoint, model, turns) {
    const messages = turns.map(({ role, content }) =>
      role === "user" ? new HumanMessage(content) : new AIMessage(content),
    );
    return (await open(endpoint, model).invoke(messages)).text;
  },
  async useTool(endpoint, model, prompt) {
    const chat = open(endpoint, model).bindTools([{ type: "function", function: { name, description, parameters } }]);
    const messages: (HumanMessage | AIMessageChunk | ToolMessage)[] = [new HumanMessage(prompt)];
    const inputs: unknown[] = [];
    for (;;) {
      let answer: AIMessageChunk | undefined;
      for await (const piece of await chat.stream(messages)) answer = answer ? concat(answer, piece) : piece;
      messages.push(answer!);
      const { tool_calls: calls = [] } = answer!;
      if (calls.length === 0) return { text: answer!.text, inputs };
      for (const { id, args } of calls) {
        inputs.push(args);
        messages.push(new ToolMessage({ tool_call_id: id!, content: result }));
      }
    }
  },
};
