import { type AIMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { type ProviderFactory, ProviderError } from "@llm-provider/core";
import { startTwin, type Twin, type TwinOptions } from "@llm-provider/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadOwnProviders } from "../../../test/own-packages.ts";
import { pickModel } from "../../testing/src/scenario/capabilities.ts";
import { toLangChain } from "../src/index.ts";
import { joined } from "./joined.ts";

const apiKey = "sk-canary-8sGq1ZrW0pXv";
const factories = await loadOwnProviders();
const weather = tool(({ city }) => `18 degrees in ${city}`, {
  name: "get_weather",
  description: "The weather in a city",
  schema: z.object({ city: z.string() }),
});
const question = "What is the weather in Paris?";

const twins: Twin[] = [];
afterAll(() => Promise.all(twins.map((twin) => twin.close())));

async function twinOf(factory: ProviderFactory, options: TwinOptions = {}): Promise<Twin> {
  const twin = await startTwin(factory.definition, options);
  twins.push(twin);
  return twin;
}

describe.each(factories)("%s", (_, factory) => {
  let twin: Twin;
  const model = pickModel(factory.definition, "tools") ?? factory.definition.smallModel;
  beforeAll(async () => {
    twin = await twinOf(factory, { apiKey });
  });
  const open = (over: Twin = twin, more: object = {}): ReturnType<typeof toLangChain> =>
    toLangChain(factory({ apiKey, baseURL: over.url }), { model, ...more });

  test("a LangGraph agent calls a tool, answers in two steps and sends reasoning back in the endpoint's own form", async () => {
    const agent = createReactAgent({ llm: open(), tools: [weather] });
    const { messages } = await agent.invoke({ messages: [new HumanMessage(question)] });
    expect(messages.map(({ type }) => type)).toEqual(["human", "ai", "tool", "ai"]);
    expect(messages.at(-1)!.text).toContain("18 degrees in Paris");
    // The twin is deterministic, so core's own request after the same answer is the expected one.
    const [first, second] = twin.requests.slice(-2).map(({ body }) => body as { messages: object[]; tools: object[] });
    const provider = factory({ apiKey, baseURL: twin.url });
    const asked = { model, messages: [{ role: "user" as const, content: question }], tools: first!.tools as never };
    const { message, toolCalls } = await provider.chat(asked);
    const answer = { role: "tool" as const, tool_call_id: toolCalls[0]!.id, content: "18 degrees in Paris" };
    expect(second!.messages).toEqual(
      provider.prepare({ ...asked, messages: [...asked.messages, message, answer] }).body["messages"],
    );
  });

  test("a LangGraph agent streams the model's messages token by token", async () => {
    const agent = createReactAgent({ llm: open(), tools: [weather] });
    let text = "";
    for await (const [chunk] of await agent.stream(
      { messages: [new HumanMessage(question)] },
      { streamMode: "messages" },
    ))
      if (chunk.type === "ai") text += chunk.text;
    expect(text).toContain("18 degrees in Paris");
  });

  test("streamEvents yields text, reasoning and usage, and its message can be sent back", async () => {
    const bound = open().bindTools([weather]);
    const stream = (bound as unknown as ReturnType<typeof toLangChain>).streamEvents(question);
    expect(stream).toBeDefined();
    const events = open().streamEvents([new HumanMessage("Hello there")]);
    const whole = await open().invoke([new HumanMessage("Hello there")]);
    expect(await events.text).toBe(whole.text);
    expect(await events.reasoning).toBe(whole.additional_kwargs["reasoning_content"] ?? "");
    expect(await events.usage).toEqual(whole.usage_metadata);
    const message = await events;
    expect(message.contentBlocks).toEqual(whole.contentBlocks);
    const wanted = await open().invoke([new HumanMessage("Hello there"), whole, new HumanMessage("And?")]);
    const again = await open().invoke([new HumanMessage("Hello there"), message, new HumanMessage("And?")]);
    expect(again.id).toBe(wanted.id);
  });

  test("structured output works with a Zod schema and a plain JSON Schema", async () => {
    const schema = z.object({ city: z.string() });
    const small = open(twin, { model: factory.definition.smallModel });
    expect(await small.withStructuredOutput(schema).invoke('The capital of "France"')).toEqual({ city: "France" });
    expect(await small.withStructuredOutput(z.toJSONSchema(schema)).invoke('The capital of "France"')).toEqual({
      city: "France",
    });
  });

  test("an abort ends a stream and an agent", async () => {
    const slow = await twinOf(factory, { scenarios: [{ fault: { pause: 20 } }] });
    const controller = new AbortController();
    const reading = open(slow)
      .stream("Hello", { signal: controller.signal })
      .then(async (stream) => {
        for await (const chunk of stream) if (chunk) controller.abort();
      });
    await expect(reading).rejects.toThrow();
    const signal = AbortSignal.timeout(30);
    const agent = createReactAgent({ llm: open(slow), tools: [weather] });
    await expect(agent.invoke({ messages: [new HumanMessage(question)] }, { signal })).rejects.toThrow();
  });

  test("after a 429, core waits for Retry-After and retries; without retries the error has the wait", async () => {
    const limited = await twinOf(factory, {
      scenarios: [{ times: 1, fault: { rateLimit: { as: "milliseconds", wait: 20 } } }],
    });
    expect((await open(limited).invoke("Hello")).text).toContain("Hello");
    expect(limited.requests.map(({ status }) => status)).toEqual([429, 200]);
    const always = await twinOf(factory, { scenarios: [{ fault: { rateLimit: { as: "milliseconds", wait: 20 } } }] });
    for (const asked of [
      open(always, { maxRetries: 0 }).invoke("Hello"),
      open(always, { maxRetries: 0 })
        .stream("Hello")
        .then((stream) => joined(stream)),
    ]) {
      const error = (await asked.catch((thrown: unknown) => thrown)) as ProviderError;
      expect(ProviderError.is(error)).toBe(true);
      expect(error).toMatchObject({ code: "rate-limit", status: 429, retryAfter: 20 });
    }
    expect(always.requests).toHaveLength(2);
  });

  test("a cut stream throws an error with the received text in `partial`", async () => {
    const broken = await twinOf(factory, { scenarios: [{ fault: { cutAt: 700 } }] });
    const seen: AIMessage[] = [];
    const reading = open(broken)
      .stream("Hello there, twin")
      .then(async (stream) => {
        for await (const chunk of stream) seen.push(chunk);
      });
    const error = (await reading.catch((thrown: unknown) => thrown)) as ProviderError;
    expect(ProviderError.is(error)).toBe(true);
    expect(error.partial?.text).toBe(seen.map(({ text }) => text).join(""));
  });

  test("two parallel tool calls and their results are sent back", async () => {
    const bound = open().bindTools([weather]);
    const asked = new HumanMessage("What is the weather in Paris and in Rome?");
    const first = await joined(await bound.stream([asked]));
    expect(first.tool_calls).toHaveLength(2);
    const results = first.tool_calls!.map(
      ({ id, args }) => new ToolMessage({ tool_call_id: id!, content: `rain in ${args["city"]}` }),
    );
    expect((await bound.invoke([asked, first, ...results])).text).toContain("rain in Rome");
  });
});
