import { Mistral } from "@mistralai/mistralai";
import type { Driver, Task } from "../driver.ts";
import { memoize } from "../memoize.ts";
import { apiKey } from "../scenarios.ts";
import { addReasoning, addText, addTool, createSink } from "../sink.ts";

// The SDK appends /v1 itself. In its dialect reasoning arrives as parts of the content, and every tool delta names the tool.
const client = memoize((baseURL) => {
  const serverURL = baseURL
    .replace(/\/v1$/, "")
    .replace(/\/(reasoning\d+)\//, "/$1.parts/")
    .replace(/\/(tool\d+)\//, "/$1.named/");
  return new Mistral({ serverURL, apiKey });
});

const request = ({ model, messages, tools }: Task) => ({
  model,
  messages: [...messages],
  ...(tools && { tools: [...tools] }),
});

export const driver: Driver = {
  async stream(task) {
    const sink = createSink();
    for await (const { data } of await client(task.baseURL).chat.stream(request(task))) {
      const { content, toolCalls } = data.choices[0]?.delta ?? {};
      if (typeof content === "string") addText(sink, content);
      else
        for (const part of content ?? []) {
          if (part.type === "text") addText(sink, part.text);
          else if (part.type === "thinking")
            for (const piece of part.thinking) if ("text" in piece) addReasoning(sink, piece.text);
        }
      for (const call of toolCalls ?? [])
        addTool(sink, call.index ?? 0, call.function.name, call.function.arguments as string);
    }
    return sink;
  },
  async chat(task) {
    const answer = await client(task.baseURL).chat.complete(request(task));
    return { text: answer.choices[0]!.message!.content as string };
  },
};
