import { APICallError } from "@ai-sdk/provider";
import { type ProviderFactory, ProviderError } from "@llm-provider/core";
import { startTwin, type Twin, type TwinOptions } from "@llm-provider/testing";
import { generateObject, generateText, Output, RetryError, stepCountIs, streamText, tool } from "ai";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadOwnProviders } from "../../../test/own-packages.ts";
import { pickModel } from "../../testing/src/scenario/capabilities.ts";
import { toAiSdk } from "../src/index.ts";
import { readAll } from "./read-parts.ts";

const apiKey = "sk-canary-8sGq1ZrW0pXv";
const warnings: unknown[] = [];
beforeAll(() => {
  globalThis.AI_SDK_LOG_WARNINGS = ({ warnings: told }) => void warnings.push(...told);
});
afterEach(() => void (warnings.length = 0));
afterAll(() => {
  delete (globalThis as { AI_SDK_LOG_WARNINGS?: unknown }).AI_SDK_LOG_WARNINGS;
});

const open: Twin[] = [];
afterAll(() => Promise.all(open.map((twin) => twin.close())));

async function twinOf(factory: ProviderFactory, options: TwinOptions = {}): Promise<Twin> {
  const twin = await startTwin(factory.definition, options);
  open.push(twin);
  return twin;
}

const city = z.object({ city: z.string() });
const get_weather = tool({ inputSchema: city, execute: async ({ city: name }) => `18 degrees in ${name}` });
const factories = await loadOwnProviders();

function modelWith(factory: ProviderFactory, feature: Parameters<typeof pickModel>[1]): string {
  return pickModel(factory.definition, feature) ?? factory.definition.smallModel;
}

describe.each(factories)("%s", (id, factory) => {
  let twin: Twin;
  let acme: ReturnType<typeof toAiSdk>;
  beforeAll(async () => {
    twin = await twinOf(factory, { apiKey });
    acme = toAiSdk(factory({ apiKey, baseURL: twin.url }));
  });

  test("generateText calls a tool and answers in two steps", async () => {
    const { steps, text, totalUsage } = await generateText({
      model: acme(modelWith(factory, "tools")),
      prompt: "What is the weather in Paris?",
      tools: { get_weather },
      stopWhen: stepCountIs(3),
    });
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
    expect(text).toContain("18 degrees in Paris");
    expect(totalUsage.totalTokens).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  });

  test("streamText does the same and sends reasoning back in the endpoint's own form", async () => {
    const model = modelWith(factory, "tools");
    const result = streamText({
      model: acme(model),
      prompt: "What is the weather in Paris?",
      tools: { get_weather },
      stopWhen: stepCountIs(3),
    });
    const types = (await readAll(result.fullStream)).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("tool-"))).toEqual(
      expect.arrayContaining(["tool-input-start", "tool-call", "tool-result"]),
    );
    expect(await result.text).toContain("18 degrees in Paris");
    // The twin is deterministic, so core's own request after the same answer is the expected one.
    const [first, second] = twin.requests.slice(-2).map(({ body }) => body as { messages: object[]; tools: object[] });
    const provider = factory({ apiKey, baseURL: twin.url });
    const asked = {
      model,
      messages: [{ role: "user" as const, content: "What is the weather in Paris?" }],
      tools: first!.tools as never,
    };
    const { message, toolCalls } = await provider.stream(asked).result;
    expect(toolCalls).toHaveLength(1);
    const answer = { role: "tool" as const, tool_call_id: toolCalls[0]!.id, content: "18 degrees in Paris" };
    const wanted = provider.prepare({ ...asked, messages: [...asked.messages, message, answer], stream: true });
    expect(second!.messages).toEqual(wanted.body["messages"]);
  });

  test("generateText, streamText and generateObject return an object that matches a schema", async () => {
    const model = acme(factory.definition.smallModel);
    const output = Output.object({ schema: city });
    expect((await generateText({ model, prompt: 'The capital of "France"', output })).output).toEqual({
      city: "France",
    });
    expect(await streamText({ model, prompt: 'The capital of "France"', output }).output).toEqual({ city: "France" });
    expect((await generateObject({ model, prompt: 'The capital of "France"', schema: city })).object).toEqual({
      city: "France",
    });
    const format = (twin.requests.at(-1)!.body as { response_format?: { type: string }; format?: unknown })
      .response_format?.type;
    const takesSchema = pickModel(factory.definition, "schema") === factory.definition.smallModel;
    if (id !== "ollama") expect(format).toBe(takesSchema ? "json_schema" : "json_object");
    expect(JSON.stringify(warnings).includes("responseFormat")).toBe(!takesSchema);
  });

  test("an abort ends the stream with an `abort` part and without an error", async () => {
    const slow = await twinOf(factory, { scenarios: [{ fault: { pause: 20 } }] });
    const controller = new AbortController();
    const errors: unknown[] = [];
    const result = streamText({
      model: toAiSdk(factory({ apiKey, baseURL: slow.url }))(factory.definition.smallModel),
      prompt: "Hello",
      abortSignal: controller.signal,
      onError: ({ error }) => void errors.push(error),
    });
    const types: string[] = [];
    for await (const { type } of result.fullStream) {
      types.push(type);
      if (type.endsWith("-delta")) controller.abort();
    }
    expect(types.at(-1)).toBe("abort");
    expect(errors).toEqual([]);
  });

  test("after a 429, AI SDK waits for Retry-After and retries, but core does not", async () => {
    const limited = await twinOf(factory, {
      scenarios: [{ times: 1, fault: { rateLimit: { as: "milliseconds", wait: 30 } } }],
    });
    const model = toAiSdk(factory({ apiKey, baseURL: limited.url }))(factory.definition.smallModel);
    const started = Date.now();
    const { text } = await generateText({ model, prompt: "Hello" });
    expect(text).toContain("Hello");
    expect(Date.now() - started).toBeLessThan(1500);
    expect(limited.requests.map(({ status }) => status)).toEqual([429, 200]);

    const always = await twinOf(factory, { scenarios: [{ fault: { rateLimit: { as: "milliseconds", wait: 5 } } }] });
    const refused = toAiSdk(factory({ apiKey, baseURL: always.url }))(factory.definition.smallModel);
    const error = await generateText({ model: refused, prompt: "Hello", maxRetries: 2 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(RetryError.isInstance(error)).toBe(true);
    // Three requests; nine if core retried too.
    expect(always.requests).toHaveLength(3);
    const { lastError } = error as RetryError;
    expect(lastError).toMatchObject({
      statusCode: 429,
      isRetryable: true,
      responseHeaders: { "retry-after-ms": "5" },
      data: { code: "rate-limit" },
    });
    expect(ProviderError.is((lastError as Error).cause)).toBe(true);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(lastError))).not.toContain(apiKey);
  });

  test("a cut stream ends with an error part and the finish reason `error`", async () => {
    const broken = await twinOf(factory, { scenarios: [{ fault: { cutAt: 700 } }] });
    const result = streamText({
      model: toAiSdk(factory({ apiKey, baseURL: broken.url }))(factory.definition.smallModel),
      prompt: "Hello there, twin",
      onError: () => {},
    });
    const parts = await readAll(result.fullStream);
    const error = parts.find((part) => part.type === "error")?.error;
    expect(APICallError.isInstance(error)).toBe(true);
    expect((error as APICallError).data).toMatchObject({ code: expect.stringMatching(/network|invalid-response/) });
    expect(await result.finishReason).toBe("error");
  });
});
