import type { ProviderError, ProviderOptions } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { startTwin, type Twin } from "@llm-provider/testing";
import { afterEach, describe, expect, it } from "vitest";
import { ollama } from "../src/index.ts";

const model = "qwen3:4b";
const messages = [{ role: "user" as const, content: "Hi" }];
const weather = {
  type: "function",
  function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
};

function answering(lines: readonly object[], status = 200): ProviderOptions {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  return { maxRetries: 0, fetch: () => Promise.resolve(new Response(text, { status })) };
}

async function thrownBy(promise: Promise<unknown>): Promise<ProviderError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown as ProviderError;
}

describe("Ollama", () => {
  let twin: Twin | undefined;
  afterEach(async () => {
    await twin?.close();
    twin = undefined;
  });

  it("has a definition without problems", () => expect(checkDefinition(ollama.definition)).toEqual([]));

  it("converts a request to the native form and reports each renamed parameter", () => {
    const schema = { type: "object" };
    const { url, headers, body, changes } = ollama().prepare({
      model,
      messages,
      max_tokens: 5,
      temperature: 0,
      stop: "x",
      seed: null,
      top_k: 3,
      response_format: { type: "json_schema", json_schema: { name: "a", schema } },
      reasoning_effort: "none",
      keep_alive: "5m",
      tools: [weather],
      tool_choice: "auto",
      stream: true,
    });
    expect(url).toBe("http://localhost:11434/api/chat");
    expect(headers).not.toHaveProperty("authorization");
    const options = { num_predict: 5, temperature: 0, stop: ["x"], top_k: 3 };
    expect(body).toEqual({
      model,
      messages,
      options,
      format: schema,
      think: false,
      keep_alive: "5m",
      tools: [weather],
      tool_choice: "auto",
      stream: true,
    });
    const moved = changes
      .filter((change) => change.action === "renamed")
      .map((change) => `${change.parameter} → ${String(change.to)}`);
    expect(moved.sort()).toEqual([
      "max_tokens → options.num_predict",
      "reasoning_effort → think",
      "response_format → format",
      "stop → options.stop",
      "temperature → options.temperature",
      "top_k → options.top_k",
    ]);
  });

  it("sends a native request unchanged", () => {
    const native = {
      model,
      messages: [
        { role: "user" as const, content: "See", images: ["AAA="] },
        {
          role: "assistant" as const,
          content: "",
          thinking: "hm",
          tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: { a: 1 } } }],
        },
        { role: "tool" as const, tool_call_id: "a", tool_name: "f", content: "r" },
      ],
      format: "" as const,
      think: "high" as const,
      options: { num_ctx: 8192, num_predict: 50 },
      stream: false,
    };
    expect(ollama().prepare(native)).toMatchObject({ body: native, changes: [] });
    expect(ollama().prepare({ ...native, options: null as never }).body).toEqual({ ...native, options: null });
  });

  it("prefers native fields and reports the parameters that they replace", () => {
    const { body, changes } = ollama().prepare({
      model,
      messages,
      max_tokens: 5,
      options: { num_predict: 9 },
      reasoning_effort: "high",
      think: true,
    });
    expect(body).toMatchObject({ options: { num_predict: 9 }, think: true });
    expect(changes.map(({ parameter, action }) => `${parameter} ${action}`)).toEqual([
      "max_tokens dropped",
      "reasoning_effort dropped",
    ]);
  });

  it("converts images, tool calls and tool results to the native form", () => {
    const call = (text: string) => ({ id: "a", type: "function", function: { name: "weather", arguments: text } });
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAA=" } };
    const sent = ollama().prepare({
      model,
      messages: [
        { role: "developer", content: "Be brief." },
        { role: "user", content: [{ type: "text", text: "See " }, image, { type: "text", text: "this" }] },
        { role: "assistant", content: null, reasoning: "hm", provider: "groq", tool_calls: [call('{"city":"Rome"}')] },
        { role: "tool", tool_call_id: "a", content: "sunny" },
        { role: "assistant", content: "x", tool_calls: [call("not json")] },
      ],
    }).body["messages"];
    expect(sent[0]).toEqual({ role: "system", content: "Be brief." });
    expect(sent[1]).toEqual({ role: "user", content: "See this", images: ["AAA="] });
    expect(sent[2]).toMatchObject({
      content: "",
      thinking: "hm",
      tool_calls: [{ function: { name: "weather", arguments: { city: "Rome" } } }],
    });
    expect(sent[3]).toEqual({ role: "tool", tool_call_id: "a", tool_name: "weather", content: "sunny" });
    expect(sent[4].tool_calls[0].function.arguments).toEqual({ arguments: "not json" });
  });

  it("refuses an image given by its URL before sending a request", () => {
    const content = [{ type: "image_url", image_url: { url: "https://example.org/cat.png" } }];
    expect(() => ollama().prepare({ model, messages: [{ role: "user", content }] })).toThrow(
      /an image given by its URL/,
    );
  });

  it("reads thinking, text, tool calls with a repeated index, and times", async () => {
    const line = (message: object) => ({ model, message: { role: "assistant", content: "", ...message }, done: false });
    const call = (city: string) => ({ function: { index: 0, name: "weather", arguments: { city } } });
    const end = {
      model,
      message: { role: "assistant", content: "" },
      done: true,
      done_reason: "stop",
      eval_count: 4,
      prompt_eval_count: 6,
      total_duration: 9,
    };
    const stream = ollama(
      answering([
        line({ thinking: "hm" }),
        line({ content: "Well" }),
        line({ tool_calls: [call("Rome"), call("Oslo")] }),
        end,
      ]),
    ).stream({ model, messages });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    const three = ["tool-call-start", "tool-call-delta", "tool-call"];
    expect(types.toSorted()).toEqual(["start", "reasoning", "text", ...three, ...three, "finish"].toSorted());
    expect(await stream.result).toMatchObject({
      model,
      reasoning: "hm",
      text: "Well",
      toolCalls: [
        { id: "call_0", arguments: '{"city":"Rome"}' },
        { id: "call_1", arguments: '{"city":"Oslo"}' },
      ],
      finishReason: "tool-calls",
      rawFinishReason: "stop",
      usage: { inputTokens: 6, outputTokens: 4, totalTokens: 10 },
      metadata: { total_duration: 9 },
    });
  });

  it("throws if a stream ends without done, or if a line is an error", async () => {
    const words = { model, message: { role: "assistant", content: "Hel" }, done: false };
    const cut = await thrownBy(ollama(answering([words])).stream({ model, messages }).result);
    expect(cut).toMatchObject({
      code: "invalid-response",
      message: expect.stringMatching(/done: true/),
      partial: { text: "Hel" },
    });
    const broken = await thrownBy(
      ollama(answering([words, { error: "model runner has stopped" }])).stream({ model, messages }).result,
    );
    expect(broken).toMatchObject({ message: "model runner has stopped", partial: { text: "Hel" } });
  });

  it("says what to do if the model is missing or the server is not running", async () => {
    const missing = await thrownBy(
      ollama(answering([{ error: "model 'x' not found" }], 404)).chat({ model: "x", messages }),
    );
    expect(missing).toMatchObject({ code: "not-found", hint: expect.stringMatching(/ollama pull/) });
    const closed = await startTwin(ollama.definition);
    await closed.close();
    const silent = await thrownBy(ollama({ baseURL: closed.url, maxRetries: 0 }).chat({ model, messages }));
    expect(silent).toMatchObject({
      code: "network",
      hint: expect.stringMatching(/Nothing listens at http:\/\/127\.0\.0\.1:\d+\. Start the server/),
    });
  });

  it("lists models, chats, streams, calls tools and reasons with its twin", async () => {
    twin = await startTwin(ollama.definition);
    const provider = ollama({ baseURL: twin.url });
    expect((await provider.models()).map(({ id }) => id)).toContain(model);
    const request = {
      model,
      messages: [{ role: "user" as const, content: "What is the weather in Rome?" }],
      tools: [weather],
    };
    const whole = await provider.chat(request);
    expect(whole.toolCalls).toMatchObject([{ name: "weather" }]);
    expect(whole.reasoning).not.toBe("");
    const streamed = await provider.stream(request).result;
    const { text, reasoning, toolCalls, finishReason, usage } = whole;
    expect(streamed).toMatchObject({ text, reasoning, toolCalls, finishReason, usage });
    const results = toolCalls.map(({ id }) => ({ role: "tool" as const, tool_call_id: id, content: "sunny" }));
    const answer = await provider.chat({ ...request, messages: [...request.messages, whole.message, ...results] });
    expect(answer.text).toContain("sunny");
  });

  it("returns vectors from its twin and from the documented answer", async () => {
    twin = await startTwin(ollama.definition);
    const texts = Array.from({ length: 513 }, (_, index) => `text ${index}`);
    const result = await ollama({ baseURL: twin.url }).embed({ model: "embeddinggemma", input: texts, dimensions: 3 });
    expect(result.embeddings).toHaveLength(513);
    expect(result).toMatchObject({ model: "embeddinggemma", usage: { inputTokens: 2 * 513 } });
    expect(twin.requests.map(({ path, body }) => [path, (body as { input: string[] }).input.length])).toEqual([
      ["/api/embed", 512],
      ["/api/embed", 1],
    ]);
    const documented = {
      model: "embeddinggemma",
      embeddings: [[0.01, -0.002]],
      total_duration: 1,
      prompt_eval_count: 8,
    };
    const one = await ollama(answering([documented])).embed({ model: "embeddinggemma", input: "Why is the sky blue?" });
    expect(one).toMatchObject({ embeddings: [[0.01, -0.002]], model: "embeddinggemma", usage: { inputTokens: 8 } });
    const refused = await thrownBy(
      ollama(answering([{ error: "model 'x' not found" }], 404)).embed({ model: "x", input: "a" }),
    );
    expect(refused).toMatchObject({ code: "not-found", message: "model 'x' not found" });
  });
});
