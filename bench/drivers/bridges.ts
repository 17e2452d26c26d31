// The bridges and the packages they replace. Each process reads streams in one way, named by the second argument.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { toAiSdk } from "@llm-provider/ai-sdk";
import { deepseek } from "@llm-provider/deepseek";
import { toLangChain } from "@llm-provider/langchain";
import { streamText } from "ai";
import type { Driver, Task } from "../driver.ts";
import { memoize } from "../memoize.ts";
import { apiKey } from "../scenarios.ts";
import { addText, createSink, type Sink } from "../sink.ts";

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
const model = "bench-model";
const provider = memoize((baseURL) => deepseek({ baseURL, apiKey }));
const aiSdk: Record<string, (baseURL: string) => LanguageModelV4> = {
  ours: memoize((baseURL) => toAiSdk(provider(baseURL))(model)),
  theirs: memoize((baseURL) => createOpenAICompatible({ name: "bench", baseURL, apiKey, includeUsage: true })(model)),
};
const langChain = {
  ours: memoize((baseURL) => toLangChain(provider(baseURL), { model })),
  theirs: memoize((baseURL) => new ChatOpenAI({ model, apiKey, configuration: { baseURL }, maxRetries: 0 })),
};

async function readParts(whose: string, { baseURL, messages: [system, user] }: Task, sink: Sink): Promise<void> {
  const content = [{ type: "text" as const, text: user.content }];
  const prompt = [system, { role: "user" as const, content }];
  const reader = (await aiSdk[whose]!(baseURL).doStream({ prompt })).stream.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    if (value.type === "text-delta") addText(sink, value.delta);
  }
}

async function readText(whose: string, { baseURL, messages: [system, user] }: Task, sink: Sink): Promise<void> {
  const asked = { instructions: system.content, prompt: user.content, maxRetries: 0 };
  for await (const text of streamText({ model: aiSdk[whose]!(baseURL), ...asked }).textStream) addText(sink, text);
}

const messagesOf = ({ messages: [system, user] }: Task) => [
  new SystemMessage(system.content),
  new HumanMessage(user.content),
];

async function readChunks(whose: "ours" | "theirs", task: Task, sink: Sink): Promise<void> {
  // oxlint-disable-next-line eslint/no-underscore-dangle -- LangChain's own name
  const chunks = langChain[whose](task.baseURL)._streamResponseChunks(messagesOf(task), {} as never);
  for await (const { text } of chunks) addText(sink, text);
}

async function readStream(whose: "ours" | "theirs", task: Task, sink: Sink): Promise<void> {
  for await (const { content } of await langChain[whose](task.baseURL).stream(messagesOf(task)))
    addText(sink, content as string);
}

const ways = { doStream: readParts, streamText: readText, _streamResponseChunks: readChunks, stream: readStream };
const [way, whose] = process.argv.slice(3) as [keyof typeof ways, "ours" | "theirs"];

export const driver: Driver = {
  async stream(task) {
    const sink = createSink();
    await ways[way](whose, task, sink);
    return sink;
  },
  chat: () => Promise.reject(new Error("This driver reads only streams.")),
};
