import {
  APICallError,
  LoadAPIKeyError,
  NoSuchModelError,
  type LanguageModelV4Prompt,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import { defineProvider, ProviderError, withFallback } from "@llm-provider/core";
import {
  createProviderRegistry,
  embed,
  embedMany,
  generateText,
  NoObjectGeneratedError,
  Output,
  stepCountIs,
  streamText,
  tool,
} from "ai";
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { mockServer } from "../../testing/src/server/mock-server.ts";
import { toAiSdk } from "../src/index.ts";
import { acme, answering, apiKey, completion, delta, embedding } from "./bridged-acme.ts";
import { partProblems } from "./part-problems.ts";
import { asking, readParts } from "./read-parts.ts";

beforeAll(() => {
  globalThis.AI_SDK_LOG_WARNINGS = false;
});
afterAll(() => {
  delete (globalThis as { AI_SDK_LOG_WARNINGS?: unknown }).AI_SDK_LOG_WARNINGS;
});

describe("a request", () => {
  test("has every setting under its wire name", async () => {
    const { provider, bodies } = answering(
      completion({
        content: null,
        tool_calls: [{ id: "1", type: "function", function: { name: "look", arguments: "{}" } }],
      }),
    );
    await generateText({
      model: toAiSdk(provider)("large"),
      instructions: "Be brief.",
      prompt: "Hello",
      maxOutputTokens: 5,
      temperature: 0.5,
      topP: 0.9,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      stopSequences: ["x"],
      reasoning: "low",
      tools: { look: tool({ inputSchema: z.object({}) }) },
      toolChoice: { type: "tool", toolName: "look" },
    });
    expect(bodies()[0]).toMatchObject({
      model: "large",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello" },
      ],
      max_completion_tokens: 5,
      temperature: 0.5,
      top_p: 0.9,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      stop: ["x"],
      reasoning_effort: "low",
      tool_choice: { type: "function", function: { name: "look" } },
      tools: [{ type: "function", function: { name: "look" } }],
    });
  });

  test("sends headers and providerOptions under their wire names, and this provider's options win", async () => {
    const { provider, bodies, requests } = answering(completion({ content: "yes" }));
    const models = toAiSdk(provider);
    await generateText({
      model: models("large"),
      prompt: "Hello",
      headers: { "x-trace": "7" },
      providerOptions: {
        ...models.options({ thinking: { type: "disabled" }, top_k: 3 }),
        acme: { top_k: 4 },
        other: { top_k: 5 },
      },
    });
    expect(bodies()[0]).toMatchObject({ thinking: { type: "disabled" }, top_k: 4 });
    expect(requests[0]!.headers["x-trace"]).toBe("7");
    // @ts-expect-error -- the definition types its provider's parameters
    models.options({ thinking: { type: "sometimes" } });
    // @ts-expect-error -- core types the common parameters
    models.options({ temperature: "hot" });
    expectTypeOf(models).toBeCallableWith("large");
  });

  test("sends supported files as wire parts and names an unsupported file type", async () => {
    const { provider, bodies } = answering(completion({ content: "yes" }));
    const model = toAiSdk(provider)("large");
    const bytes = new Uint8Array([1, 2, 255]);
    const file = (mediaType: string, data: object, filename?: string): object => ({
      type: "file",
      mediaType,
      data,
      filename,
    });
    const ask = (...content: object[]): PromiseLike<unknown> =>
      model.doGenerate({ prompt: [{ role: "user", content }] as unknown as LanguageModelV4Prompt });
    await ask(
      { type: "text", text: "Look" },
      file("image/png", { type: "data", data: bytes }),
      file("image/*", { type: "url", url: new URL("https://a.example/b.png") }),
      file("audio/wav", { type: "data", data: "AAAA" }),
      file("application/pdf", { type: "data", data: "AAAA" }, "a.pdf"),
      file("text/plain", { type: "text", text: "words" }),
    );
    expect(bodies()[0].messages[0].content).toEqual([
      { type: "text", text: "Look" },
      { type: "image_url", image_url: { url: "data:image/png;base64,AQL/" } },
      { type: "image_url", image_url: { url: "https://a.example/b.png" } },
      { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
      { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AAAA" } },
      { type: "text", text: "words" },
    ]);
    const refused = ask(file("video/mp4", { type: "data", data: "AAAA" }));
    await expect(refused).rejects.toThrow(UnsupportedFunctionalityError);
    await expect(refused).rejects.toThrow("video/mp4");
  });

  test("sends each tool result as one text", async () => {
    const { provider, bodies } = answering(completion({ content: "yes" }));
    const result = (toolCallId: string, output: object): object => ({
      type: "tool-result",
      toolCallId,
      toolName: "t",
      output,
    });
    const content = [
      result("1", { type: "text", value: "a" }),
      result("2", { type: "json", value: { b: 1 } }),
      result("3", { type: "error-text", value: "c" }),
      result("4", { type: "execution-denied", reason: "Not today." }),
      result("5", {
        type: "content",
        value: [
          { type: "text", text: "d" },
          { type: "text", text: "e" },
        ],
      }),
      result("6", {
        type: "content",
        value: [{ type: "file", mediaType: "image/png", data: { type: "data", data: "AA" } }],
      }),
    ];
    await toAiSdk(provider)("large").doGenerate({
      prompt: [{ role: "tool", content }] as unknown as LanguageModelV4Prompt,
    });
    const texts = bodies()[0].messages.map((message: { content: string }) => message.content);
    expect(texts).toEqual(["a", '{"b":1}', "c", "Not today.", "d\ne", expect.stringContaining("image/png")]);
  });
});

describe("warnings", () => {
  test("report each changed parameter once a call, but not how messages are mapped", async () => {
    const { provider } = answering(completion({ content: "yes" }));
    const { warnings } = await toAiSdk(provider)("large").doGenerate({
      temperature: 2,
      seed: 1,
      maxOutputTokens: 5,
      topK: 3,
      prompt: [
        {
          role: "user",
          content: [
            { type: "text", text: "a" },
            { type: "text", text: "b" },
          ],
        },
      ],
      tools: [{ type: "provider", id: "acme.search", name: "search", args: {} }],
    });
    expect(warnings).toEqual([
      { type: "unsupported", feature: "provider-defined tool acme.search" },
      { type: "unsupported", feature: "top_k", details: expect.stringContaining("Acme") },
      { type: "compatibility", feature: "max_tokens", details: expect.any(String) },
      { type: "compatibility", feature: "temperature", details: expect.any(String) },
      { type: "unsupported", feature: "seed", details: expect.any(String) },
    ]);
  });

  test("report a retired model and are empty for a plain call", async () => {
    const { provider } = answering(completion({ content: "yes" }));
    const models = toAiSdk(provider);
    expect((await models("large").doGenerate(asking("Hello"))).warnings).toEqual([]);
    const { warnings } = await models("old").doGenerate(asking("Hello"));
    expect(warnings).toEqual([
      { type: "deprecated", setting: "model old", message: "It was retired on 2026-01-31. Use large." },
    ]);
  });
});

describe("an answer", () => {
  test("has its cost, limits, changes and fallback in providerMetadata", async () => {
    const busy = answering({ error: { message: "Busy" } }, { status: 503 });
    const fine = answering(completion({ content: "yes" }), { headers: { "x-request-id": "r1" } });
    const model = toAiSdk(withFallback([busy.provider, fine.provider]))("large");
    const {
      providerMetadata,
      usage: counted,
      warnings,
    } = await generateText({ model, prompt: "Hello", temperature: 2 });
    const told = providerMetadata?.["llm-provider"];
    expect(told).toMatchObject({
      provider: "acme",
      cost: expect.closeTo(18 / 1e6),
      changes: [{ parameter: "temperature", action: "clamped" }],
    });
    expect(told?.["fallback"]).toMatchObject([{ provider: "acme", code: "overloaded" }]);
    expect(counted).toMatchObject({ inputTokens: 10, inputTokenDetails: { noCacheTokens: 6, cacheReadTokens: 4 } });
    // A fallback has no definition, but still reports what its first target changes.
    expect(warnings).toMatchObject([{ feature: "temperature" }]);
  });

  const sealed = [{ type: "reasoning.encrypted", data: "c2VhbGVk", id: "x", index: 0 }];
  const call = {
    id: "t1",
    type: "function",
    function: { name: "look", arguments: "{}" },
    extra_content: { google: { thought_signature: "sig" } },
  };

  test.each([
    [
      "whole",
      completion({ content: null, reasoning: "Hm.", reasoning_details: sealed, tool_calls: [call] }, "tool_calls"),
    ],
    [
      "streamed",
      [
        delta({ reasoning: "Hm.", reasoning_details: sealed }),
        delta({ tool_calls: [{ index: 0, ...call }] }),
        delta({}, "tool_calls"),
      ],
    ],
  ])("sends signatures and sealed reasoning of a %s answer back", async (kind, body) => {
    const { provider, bodies } = answering(body);
    const options = {
      model: toAiSdk(provider)("large"),
      prompt: "Hello",
      tools: { look: tool({ inputSchema: z.object({}), execute: async () => "seen" }) },
      stopWhen: stepCountIs(2),
    };
    if (kind === "whole") await generateText(options);
    else await streamText(options).consumeStream();
    expect(bodies()[1].messages.slice(1)).toEqual([
      { role: "assistant", content: null, reasoning: "Hm.", reasoning_details: sealed, tool_calls: [call] },
      { role: "tool", tool_call_id: "t1", content: "seen" },
    ]);
  });

  test("does not send sealed reasoning to another provider", async () => {
    const { provider } = answering(completion({ content: "yes", reasoning: "Hm.", reasoning_details: sealed }));
    const { response } = await generateText({ model: toAiSdk(provider)("large"), prompt: "Hello" });
    const other = defineProvider({ ...acme.definition, id: "other" } as never);
    const server = mockServer({ status: 200, headers: {}, pieces: [JSON.stringify(completion({ content: "no" }))] });
    const model = toAiSdk(other({ apiKey, ...server.options }))("large");
    await generateText({
      model,
      messages: [{ role: "user", content: "Hello" }, ...response.messages, { role: "user", content: "And?" }],
    });
    expect(JSON.parse(server.requests[0]!.text).messages[1]).toEqual({
      role: "assistant",
      content: "yes",
      reasoning: "Hm.",
    });
  });

  test("keeps sealed reasoning that has no other content", async () => {
    const { provider } = answering([delta({ reasoning_details: sealed }), delta({}, "stop")]);
    const parts = await readParts(toAiSdk(provider)("large"), asking("Hello"));
    expect(partProblems(parts!)).toEqual([]);
    expect(parts!.find(({ type }) => type === "reasoning-end")).toMatchObject({
      providerMetadata: { "llm-provider": { message: { reasoning_details: sealed } } },
    });
  });

  test("sends a refusal back as a refusal and an image as an image", async () => {
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };
    for (const body of [
      completion({ content: "Well.", refusal: "I will not.", images: [image] }),
      [
        delta({ content: "Well." }),
        delta({ refusal: "I will " }),
        delta({ refusal: "not." }),
        delta({ images: [image] }),
        delta({}, "stop"),
      ],
    ]) {
      const { provider, bodies } = answering(body);
      const model = toAiSdk(provider)("large");
      const result = Array.isArray(body)
        ? streamText({ model, prompt: "Hello" })
        : await generateText({ model, prompt: "Hello" });
      expect(await result.text).toBe("Well.I will not.");
      expect((await result.files)[0]).toMatchObject({ mediaType: "image/png", base64: "AAAA" });
      const { messages } = await result.response;
      await generateText({ model, messages: [...messages, { role: "user", content: "Why?" }] }).catch(() => undefined);
      expect(bodies()[1].messages[0]).toEqual({
        role: "assistant",
        content: "Well.",
        refusal: "I will not.",
        images: [image],
      });
    }
  });

  test("aborts the request without an error when its reader cancels", async () => {
    let isAborted = false;
    const fetch = async (_: string, { signal }: RequestInit): Promise<Response> => {
      const chunk = new TextEncoder().encode(`data: ${JSON.stringify(delta({ content: "a" }))}\n\n`);
      const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(chunk) });
      signal?.addEventListener("abort", () => (isAborted = true));
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    };
    const { stream } = await toAiSdk(acme({ apiKey, fetch }))("large").doStream(asking("Hello"));
    const reader = stream.getReader();
    const seen = [await reader.read(), await reader.read()].map(({ value }) => value?.type);
    expect(seen).toEqual(["stream-start", "response-metadata"]);
    await reader.cancel();
    expect(await reader.read()).toEqual({ value: undefined, done: true });
    expect(isAborted).toBe(true);
  });

  test("has raw chunks before their parts, if requested", async () => {
    const { provider } = answering([delta({ content: "a" }), delta({}, "stop")]);
    const parts = await readParts(toAiSdk(provider)("large"), { ...asking("Hello"), includeRawChunks: true });
    expect(parts!.slice(0, 3).map(({ type }) => type)).toEqual(["stream-start", "raw", "response-metadata"]);
    expect(parts![1]).toMatchObject({ rawValue: expect.stringContaining('"content":"a"') });
  });
});

describe("structured output", () => {
  const city = z.object({ city: z.string() });

  test("uses json_schema, strict if the schema allows it", async () => {
    const { provider, bodies } = answering(completion({ content: '{"city":"Paris"}' }));
    const model = toAiSdk(provider)("large");
    await generateText({ model, prompt: "?", output: Output.object({ schema: city, name: "place" }) });
    await generateText({ model, prompt: "?", output: Output.object({ schema: city.partial() }) });
    const formats = bodies().map(({ response_format: { json_schema: schema } }) => [schema.name, schema.strict]);
    expect(formats).toEqual([
      ["place", true],
      ["response", false],
    ]);
  });

  test("uses JSON mode with the schema in the prompt for a model without json_schema, and checks the answer", async () => {
    const right = answering(completion({ content: '{"city":"Paris"}' }));
    const { output, warnings } = await generateText({
      model: toAiSdk(right.provider)("small"),
      prompt: "?",
      output: Output.object({ schema: city }),
    });
    expect(output).toEqual({ city: "Paris" });
    expect(warnings).toMatchObject([{ type: "compatibility", feature: "responseFormat" }]);
    const [body] = right.bodies();
    expect(body.response_format).toEqual({ type: "json_object" });
    expect(body.messages[0]).toMatchObject({ role: "system", content: expect.stringContaining('"required":["city"]') });

    for (const content of ['{"town":"Paris"}', "Paris", '{"city":7}', '{"city":"Par']) {
      const { provider } = answering(completion({ content }));
      const asked = generateText({
        model: toAiSdk(provider)("small"),
        prompt: "?",
        output: Output.object({ schema: city }),
      });
      await expect(
        asked.then((result) => result.output),
        content,
      ).rejects.toThrow(NoObjectGeneratedError);
    }
  });
});

describe("errors", () => {
  test.each([
    ["a wrong key", 401, "invalid-key", false],
    ["a missing model", 404, "not-found", false],
    ["an overload", 503, "overloaded", true],
    ["a rate limit", 429, "rate-limit", true],
  ])("%s becomes an APICallError without the key", async (_, status, code, isRetryable) => {
    const { provider } = answering(
      { error: { message: `No, not with ${apiKey}` } },
      { status, headers: { "retry-after": "2" } },
    );
    for (const asked of [
      toAiSdk(provider)("large").doGenerate(asking("Hello")),
      toAiSdk(provider)("large").doStream(asking("Hello")),
    ]) {
      const error = (await Promise.resolve(asked).catch((thrown: unknown) => thrown)) as APICallError;
      expect(APICallError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({
        statusCode: status,
        isRetryable,
        url: "https://acme.example/v1/chat/completions",
        data: { code },
      });
      expect(error.requestBodyValues).toMatchObject({ model: "large" });
      if (status === 429) expect(error.responseHeaders).toEqual({ "retry-after-ms": "2000" });
      expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(apiKey);
    }
  });

  test("a missing key, a refused parameter, an abort and an unknown model become AI SDK's own errors", async () => {
    const { provider } = answering(completion({ content: "yes" }));
    const keyless = toAiSdk(acme({ apiKey: "" }))("large");
    await expect(keyless.doGenerate(asking("Hello"))).rejects.toThrow(LoadAPIKeyError);
    const forced = {
      ...asking("Hello"),
      tools: [{ type: "function" as const, name: "t", inputSchema: {} }],
      toolChoice: { type: "required" as const },
    };
    const refused = await Promise.resolve(toAiSdk(provider)("unforced").doStream(forced)).catch(
      (thrown: unknown) => thrown,
    );
    expect(UnsupportedFunctionalityError.isInstance(refused)).toBe(true);
    expect(ProviderError.is((refused as Error).cause)).toBe(true);
    const reason = new Error("enough");
    for (const abortSignal of [AbortSignal.abort(), AbortSignal.abort(reason)])
      await expect(toAiSdk(provider)("large").doGenerate({ ...asking("Hello"), abortSignal })).rejects.toMatchObject({
        name: "AbortError",
      });
    expect(() => toAiSdk(provider).imageModel("large")).toThrow(NoSuchModelError);
  });
});

test("embeddings work in a registry, in batches that fit the endpoint's limit", async () => {
  const { provider, bodies } = embedding();
  const registry = createProviderRegistry({ acme: toAiSdk(provider) });
  const model = registry.embeddingModel("acme:vectors");
  const one = await embed({ model, value: "a", providerOptions: { "llm-provider": { dimensions: 2 } } });
  expect(one).toMatchObject({ embedding: [0, 1], usage: { tokens: 3 } });
  expect(bodies()[0]).toMatchObject({ model: "vectors", dimensions: 2 });
  expect((await embedMany({ model, values: ["a", "b", "c"] })).embeddings).toHaveLength(3);
  const empty = embed({ model: registry.embeddingModel("acme:large"), value: "", maxRetries: 0 });
  await expect(empty).resolves.toBeDefined();
});
