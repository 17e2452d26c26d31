// This repository as npm would deliver it: an adapter's published entry with its defaults.
import { deepseek } from "@llm-provider/deepseek";
import type { Driver, Task } from "../driver.ts";
import { memoize } from "../memoize.ts";
import { apiKey } from "../scenarios.ts";
import { addReasoning, addText, addTool, createSink } from "../sink.ts";

const provider = memoize((baseURL) => deepseek({ baseURL, apiKey }));

const request = ({ model, messages, tools }: Task) => ({ model, messages, ...(tools && { tools }) });

export const driver: Driver = {
  async stream(task) {
    const sink = createSink();
    for await (const event of provider(task.baseURL).stream(request(task))) {
      if (event.type === "text") addText(sink, event.text);
      else if (event.type === "reasoning") addReasoning(sink, event.text);
      else if (event.type === "tool-call-delta") addTool(sink, event.index, "", event.arguments);
      else if (event.type === "tool-call-start") addTool(sink, event.index, event.name);
    }
    return sink;
  },
  async chat(task) {
    return provider(task.baseURL).chat(request(task));
  },
};
