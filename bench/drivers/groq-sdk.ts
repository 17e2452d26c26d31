import Groq from "groq-sdk";
import type { ChatCompletionCreateParamsNonStreaming } from "groq-sdk/resources/chat/completions";
import type { ChatCompletionCreateParamsStreaming } from "groq-sdk/resources/chat/completions";
import type { Driver } from "../driver.ts";
import { memoize } from "../memoize.ts";
import { apiKey } from "../scenarios.ts";
import { addDelta, createSink } from "../sink.ts";
import { wireBody } from "../wire-body.ts";

// The SDK appends /openai/v1 itself; the upstream ignores everything after the shape.
const client = memoize((baseURL) => new Groq({ baseURL: baseURL.replace(/\/v1$/, ""), apiKey }));

export const driver: Driver = {
  async stream(task) {
    const sink = createSink();
    const { stream_options: _, ...request } = wireBody(task, true);
    const stream = await client(task.baseURL).chat.completions.create(
      request as unknown as ChatCompletionCreateParamsStreaming,
    );
    for await (const chunk of stream) addDelta(sink, chunk.choices[0]?.delta);
    return sink;
  },
  async chat(task) {
    const request = wireBody(task, false) as unknown as ChatCompletionCreateParamsNonStreaming;
    const answer = await client(task.baseURL).chat.completions.create(request);
    return { text: answer.choices[0]!.message.content! };
  },
};
