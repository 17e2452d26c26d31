/**
 * LangChain's requirements for every chat model, written after its standard tests (internal/standard-tests of langchainjs, read
 * 2026-11-28). They run offline, against the twin of each of our providers.
 */
import { AIMessage, AIMessageChunk, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { RunnableLambda } from "@langchain/core/runnables";
import { tool } from "@langchain/core/tools";
import { toJsonSchema } from "@langchain/core/utils/json_schema";
import { startTwin, type Twin } from "@llm-provider/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadOwnProviders } from "../../../test/own-packages.ts";
import { pickModel } from "../../testing/src/scenario/capabilities.ts";
import { toLangChain } from "../src/index.ts";
import { joined } from "./joined.ts";

const factories = await loadOwnProviders();
const addends = z.object({ a: z.number().int().describe("The first"), b: z.number().int().describe("The second") });
const place = z.object({ location: z.string() });
const adder = tool(({ a, b }) => String(a + b), {
  name: "adder_tool",
  description: "Adds two integers",
  schema: addends,
});
const weather = tool(() => "70 degrees and sunny", {
  name: "get_current_weather",
  description: "The weather",
  schema: place,
});
const addition = ChatPromptTemplate.fromMessages([
  ["system", "You cannot add and must always call the {name} function."],
  ["human", "What is 1836281973 plus 19973286?"],
]);
const name = "math_addition";

/** An assistant turn that called the adder, and its result. */
const added = (content: AIMessage["content"]): (AIMessage | ToolMessage)[] => [
  new AIMessage({
    content,
    tool_calls: [{ name: "adder_tool", args: { a: 1, b: 2 }, id: "abc123", type: "tool_call" }],
  }),
  new ToolMessage({ content: "3", tool_call_id: "abc123", name: "adder_tool" }),
];

describe.each(factories)("%s", (id, factory) => {
  let twin: Twin;
  beforeAll(async () => {
    twin = await startTwin(factory.definition);
  });
  afterAll(() => twin.close());
  const open = (more: object = {}): ReturnType<typeof toLangChain> =>
    toLangChain(factory({ apiKey: "sk-canary-8sGq1ZrW0pXv", baseURL: twin.url }), {
      model: pickModel(factory.definition, "tools") ?? factory.definition.smallModel,
      ...more,
    });

  test("accepts LangChain's own options", () => {
    expect(
      open({ temperature: 0, maxTokens: 100, timeout: 60, stopSequences: [], maxRetries: 2, streaming: true }),
    ).toBeDefined();
  });

  test("identifies itself to LangSmith with its six fields", () => {
    const names = ["ls_max_tokens", "ls_model_name", "ls_model_type", "ls_provider", "ls_stop", "ls_temperature"];
    expect(Object.keys(open().getLsParams({})).sort()).toEqual(names);
    expect(open().getLsParams({})).toMatchObject({ ls_provider: id, ls_model_type: "chat" });
  });

  test("invoke and batch return text, usage and the model's name", async () => {
    for (const answer of [await open().invoke("Hello"), ...(await open().batch(["Hello", "Hey"]))]) {
      expect(answer).toBeInstanceOf(AIMessage);
      expect(answer.text).not.toBe("");
      expect(answer.usage_metadata).toMatchObject({
        input_tokens: expect.any(Number),
        output_tokens: expect.any(Number),
        total_tokens: expect.any(Number),
      });
      expect(answer.response_metadata["model"]).toEqual(expect.any(String));
    }
  });

  test("stream yields chunks that join to the same answer, with usage once", async () => {
    const chunks: AIMessageChunk[] = [];
    for await (const chunk of await open().stream("Hello")) chunks.push(chunk);
    expect(chunks.every((chunk) => chunk instanceof AIMessageChunk)).toBe(true);
    expect(chunks.filter((chunk) => chunk.usage_metadata)).toHaveLength(1);
    const [all, whole] = [joined(chunks), await open().invoke("Hello")];
    for (const field of ["text", "contentBlocks", "usage_metadata", "additional_kwargs"] as const)
      expect(all[field], field).toEqual(whole[field]);
    expect(all.id).toBe(whole.id);
  });

  test("sends nothing if the signal has already aborted", async () => {
    const before = twin.requests.length;
    const signal = AbortSignal.abort();
    await expect(open().invoke("Hello", { signal })).rejects.toThrow();
    await expect(
      open()
        .stream("Hello", { signal })
        .then((stream) => joined(stream)),
    ).rejects.toThrow();
    expect(twin.requests.length).toBe(before);
  });

  test("accepts several turns, and two turns in a row with one role", async () => {
    const one = [new HumanMessage("hello"), new AIMessage("hello"), new HumanMessage("how are you")];
    expect((await open().invoke(one)).text).not.toBe("");
    const doubled = [
      new SystemMessage("hello"),
      new SystemMessage("hello"),
      ...one.flatMap((message) => [message, message]),
    ];
    expect((await open().invoke(doubled.slice(0, -1))).text).not.toBe("");
  });

  test("accepts histories with tool calls, with string or list content, and few-shot examples", async () => {
    const model = open().bindTools([adder]);
    const list = [
      { type: "text", text: "so" },
      { type: "tool_use", id: "abc123", name: "adder_tool", input: { a: 1, b: 2 } },
    ];
    const question = new HumanMessage("What is 1 + 2");
    for (const history of [
      [question, ...added("")],
      [question, ...added(list)],
      [question, ...added(""), new AIMessage("3"), new HumanMessage("What is 3 + 4")],
    ])
      expect((await model.invoke(history)).text).not.toBe("");
  });

  test("binds tools of every shape, and the model calls them", async () => {
    const openaiTool = { type: "function", function: { name, description: "Adds", parameters: toJsonSchema(addends) } };
    const runnable = RunnableLambda.from(() => "").asTool({ name, description: "Adds", schema: addends });
    for (const one of [openaiTool, runnable, { name, description: "Adds", schema: addends }]) {
      const answer = await addition.pipe(open().bindTools([one])).invoke({ name });
      expect(answer.tool_calls).toEqual([
        { name, args: { a: expect.any(Number), b: expect.any(Number) }, id: expect.any(String), type: "tool_call" },
      ]);
    }
    const streamed = await joined(await addition.pipe(open().bindTools([adder])).stream({ name }));
    expect(streamed.tool_calls?.[0]).toMatchObject({ name: "adder_tool", args: { a: expect.any(Number) } });
    expect(streamed.usage_metadata?.input_tokens).toBeGreaterThan(0);
  });

  test.each(["invoke", "stream"] as const)("a tool call and its result lead to an answer with %s", async (way) => {
    const model = open().bindTools([weather]);
    const ask = async (messages: (HumanMessage | AIMessage | ToolMessage)[]): Promise<AIMessageChunk> =>
      way === "invoke" ? model.invoke(messages) : joined(await model.stream(messages));
    const question = new HumanMessage("What's the weather like in San Francisco? Use the 'get_current_weather' tool.");
    const first = await ask([question]);
    const [call] = first.tool_calls!;
    expect(call?.name).toBe("get_current_weather");
    const answer = new ToolMessage({ tool_call_id: call!.id!, content: await weather.invoke(call!.args as never) });
    expect((await ask([question, first, answer])).content).toContain("70 degrees");
  });

  test("structured output is traced, with and without the raw message", async () => {
    const traced: unknown[] = [];
    const callbacks = [
      {
        handleChatModelStart: (...[, , , , extra]: unknown[]) =>
          void traced.push((extra as { options: object }).options),
      },
    ];
    const plain = await addition.pipe(open().withStructuredOutput(addends, { name })).invoke({ name }, { callbacks });
    expect(plain).toEqual({ a: expect.any(Number), b: expect.any(Number) });
    const both = await addition
      .pipe(open().withStructuredOutput(addends, { name, includeRaw: true }))
      .invoke({ name }, { callbacks });
    expect(both.raw).toBeInstanceOf(AIMessage);
    expect(both.parsed).toEqual(plain);
    const format = { kwargs: { method: "functionCalling" }, schema: toJsonSchema(addends) };
    for (const one of traced) expect(one).toMatchObject({ ls_structured_output_format: format });
    expect(traced).toHaveLength(2);
  });

  test("accepts nested and open schemas", async () => {
    const details = z.object({ serviceName: z.string(), parameters: z.record(z.string(), z.unknown()) });
    const schema = z.object({ decision: z.enum(["UseAPI", "UseFallback"]), explanation: z.string(), details });
    const answer = await open().withStructuredOutput(schema, { name: "service_tool" }).invoke("Use the API.");
    expect(answer).toMatchObject({ decision: "UseAPI", details: { parameters: {} } });
  });

  test("a cached answer is reused, but not for another model", async () => {
    const question = new HumanMessage({ content: [{ type: "text", text: `Hello there, ${id}!` }] });
    const model = open({ cache: true });
    // oxlint-disable-next-line eslint/no-underscore-dangle -- LangChain's own name
    const keyOf = (one: typeof model): string => one._getSerializedCacheKeyParametersForCall({} as never);
    const first = await model.invoke([question]);
    const sent = twin.requests.length;
    const second = await model.invoke([question]);
    expect(twin.requests.length).toBe(sent);
    expect(second.text).toBe(first.text);
    const others = [open({ model: "another" }), open({ parameters: { temperature: 0 } })];
    for (const other of others) expect(keyOf(other)).not.toBe(keyOf(model));
  });

  test("accepts standard text blocks", async () => {
    const block = { type: "text", source_type: "text", text: "Hello from a block" };
    expect((await open().invoke([new HumanMessage({ content: [block] })])).text).toContain("Hello from a block");
  });
});
