import OpenAI from "openai";
import type { Driver } from "../driver.ts";
import { memoize } from "../memoize.ts";
import { apiKey } from "../scenarios.ts";
import { addDelta, createSink } from "../sink.ts";
import { wireBody } from "../wire-body.ts";

const client = memoize((baseURL) => new OpenAI({ baseURL, apiKey }));

export const driver: Driver = {
  async stream(task) {
    const sink = createSink();
    const request = wireBody(task, true) as unknown as OpenAI.ChatCompletionCreateParamsStreaming;
    for await (const chunk of await client(task.baseURL).chat.completions.create(request))
      addDelta(sink, chunk.choices[0]?.delta);
    return sink;
  },
  async chat(task) {
    const request = wireBody(task, false) as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
    const answer = await client(task.baseURL).chat.completions.create(request);
    return { text: answer.choices[0]!.message.content! };
  },
};
