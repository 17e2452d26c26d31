// ChatOpenAI of @langchain/openai.
import { ChatOpenAI } from "@langchain/openai";
import type { Driver } from "../driver.ts";
import { memoize } from "../memoize.ts";
import { apiKey } from "../scenarios.ts";
import { addReasoning, addText, addTool, createSink } from "../sink.ts";

const chatModel = memoize(
  (baseURL) => new ChatOpenAI({ model: "bench-model", apiKey, configuration: { baseURL }, maxRetries: 0 }),
);

export const driver: Driver = {
  async stream({ baseURL, messages, tools }) {
    const sink = createSink();
    const model = tools ? chatModel(baseURL).bindTools([...tools]) : chatModel(baseURL);
    for await (const chunk of await model.stream([...messages])) {
      const extra = chunk.additional_kwargs;
      addReasoning(sink, (extra["reasoning_content"] ?? extra["reasoning"]) as string | undefined);
      if (typeof chunk.content === "string") addText(sink, chunk.content);
      for (const call of chunk.tool_call_chunks ?? []) addTool(sink, call.index ?? 0, call.name, call.args);
    }
    return sink;
  },
  async chat({ baseURL, messages }) {
    return { text: (await chatModel(baseURL).invoke([...messages])).content as string };
  },
};
