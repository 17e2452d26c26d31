import { inspect } from "node:util";
import { getRetryable } from "@langchain/core/errors";
import { load } from "@langchain/core/load";
import { type AIMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { OutputParserException } from "@langchain/core/output_parsers";
import { ProviderError, withFallback } from "@llm-provider/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { toLangChain, toLangChainEmbeddings } from "../src/index.ts";
import { answering, apiKey, completion, delta, embedding } from "../../ai-sdk/test/bridged-acme.ts";
import { joined } from "./joined.ts";

describe("a request", () => {
  test("has the parameters of the model and of the call, and LangChain's own", async () => {
    const { provider, bodies } = answering(completion({ content: "yes" }));
    const model = toLangChain(provider, {
      model: "large",
      parameters: { temperature: 0.2, thinking: { type: "disabled" } },
    });
    const look = tool(() => "", { name: "look", description: "Looks", schema: z.object({}) });
    await model
      .bindTools([look], { tool_choice: "any" })
      .invoke("Hello", { stop: ["x"], parameters: { temperature: 0.3, user: "u" } });
    expect(bodies()[0]).toMatchObject({
      model: "large",
      temperature: 0.3,
      thinking: { type: "disabled" },
      user: "u",
      stop: ["x"],
      tool_choice: "required",
    });
    for (const choice of ["look", { type: "function", function: { name: "look" } }])
      await model.bindTools([look], { tool_choice: choice }).invoke("Hello");
    expect(
      bodies()
        .slice(1)
        .map(({ tool_choice: choice }) => choice.function.name),
    ).toEqual(["look", "look"]);
    for (const choice of ["auto", "none"]) await model.bindTools([look], { tool_choice: choice }).invoke("Hello");
    expect(
      bodies()
        .slice(3)
        .map(({ tool_choice: choice }) => choice),
    ).toEqual([undefined, "none"]);
    // @ts-expect-error -- the definition types its provider's parameters
    toLangChain(provider, { model: "large", parameters: { thinking: { type: "sometimes" } } });
    // @ts-expect-error -- core types the common parameters
    void model.invoke("Hello", { parameters: { temperature: "hot" } }).catch(() => {});
  });

  test("sends standard blocks as wire parts", async () => {
    const { provider, bodies } = answering(completion({ content: "yes" }));
    const content = [
      { type: "text", text: "Look" },
      { type: "image", source_type: "base64", data: "AAAA", mime_type: "image/png" },
      { type: "image", url: "https://a.example/b.png" },
      { type: "image_url", image_url: { url: "https://a.example/c.png" } },
      { type: "audio", source_type: "base64", data: "AAAA", mime_type: "audio/wav" },
      { type: "file", data: "AAAA", mimeType: "application/pdf", metadata: { filename: "a.pdf" } },
    ];
    await toLangChain(provider, { model: "large" }).invoke([new HumanMessage({ content: content as never })]);
    expect(bodies()[0].messages[0].content).toEqual([
      { type: "text", text: "Look" },
      { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
      { type: "image_url", image_url: { url: "https://a.example/b.png" } },
      { type: "image_url", image_url: { url: "https://a.example/c.png" } },
      { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
      { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AAAA" } },
    ]);
  });
});

describe("an answer", () => {
  test("has detailed usage, the changes and the fallback", async () => {
    const { provider } = answering(completion({ content: "yes", reasoning: "Hm." }));
    const busy = answering({ error: { message: "Busy" } }, { status: 503 }).provider;
    const model = toLangChain(withFallback([busy, provider]), { model: "large", parameters: { temperature: 2 } });
    const answer = await model.invoke("Hello");
    expect(answer.usage_metadata).toEqual({
      input_tokens: 10,
      output_tokens: 5,
      total_tokens: 15,
      input_token_details: { cache_read: 4 },
      output_token_details: { reasoning: 2 },
    });
    expect(answer.response_metadata).toMatchObject({
      model: "large",
      model_name: "large",
      finish_reason: "stop",
      request_id: "r1",
      changes: [{ parameter: "temperature", action: "clamped" }],
      fallback: [{ provider: "acme", code: "overloaded" }],
    });
    expect(model.profile).toEqual({});
    expect(toLangChain(provider, { model: "large" }).profile).toEqual({
      maxInputTokens: 1000,
      maxOutputTokens: 100,
      toolCalling: true,
      structuredOutput: true,
      reasoningOutput: false,
      imageInputs: true,
    });
  });

  const sealed = [{ type: "reasoning.encrypted", data: "c2VhbGVk", id: "x", index: 0 }];
  const call = {
    id: "t1",
    type: "function",
    function: { name: "look", arguments: "{}" },
    extra_content: { google: { thought_signature: "sig" } },
  };
  const whole = completion(
    { content: null, reasoning: "Hm.", reasoning_details: sealed, tool_calls: [call] },
    "tool_calls",
  );
  const streamed = [
    delta({ reasoning: "H" }),
    delta({ reasoning: "m.", reasoning_details: sealed }),
    delta({ tool_calls: [{ index: 0, ...call }] }),
    delta({}, "tool_calls"),
  ];

  test.each(["invoke", "stream", "streamEvents", "a stored message"])(
    "sends signatures and sealed reasoning back after %s",
    async (way) => {
      for (const outputVersion of ["v0", "v1"] as const) {
        const { provider, bodies } = answering(way === "invoke" || way === "a stored message" ? whole : streamed);
        const model = toLangChain(provider, { model: "large", outputVersion });
        const ask = async (): Promise<AIMessage> => {
          if (way === "stream") return joined(await model.stream("Hello"));
          if (way === "streamEvents") return model.streamEvents("Hello");
          const answer = await model.invoke("Hello");
          return way === "invoke" ? answer : load(JSON.stringify(answer));
        };
        const answer = await ask();
        expect(answer.tool_calls).toEqual([{ type: "tool_call", id: "t1", name: "look", args: {} }]);
        await model.invoke([answer, new ToolMessage({ tool_call_id: "t1", content: "seen" })]).catch(() => undefined);
        expect(bodies()[1].messages).toEqual([
          { role: "assistant", content: null, reasoning: "Hm.", reasoning_details: sealed, tool_calls: [call] },
          { role: "tool", tool_call_id: "t1", content: "seen" },
        ]);
      }
    },
  );

  test("is a list of standard blocks in output version v1, streamed or whole", async () => {
    const chunks = [
      delta({ reasoning: "H" }),
      delta({ reasoning: "m." }),
      delta({ content: "a" }),
      delta({ content: "b" }),
      delta({ tool_calls: [{ index: 0, ...call }] }),
      delta({}, "tool_calls"),
    ];
    const model = toLangChain(answering(chunks).provider, { model: "large", outputVersion: "v1" });
    const blocks = (await joined(await model.stream("Hello"))).content as { type: string }[];
    const text = { type: "text", text: "ab" };
    const toolCall = { type: "tool_call", id: "t1", name: "look", args: {} };
    expect(blocks).toMatchObject([{ type: "reasoning", reasoning: "Hm." }, text, toolCall]);
    const answer = await toLangChain(
      answering(completion({ content: "ab", reasoning: "Hm.", tool_calls: [call] })).provider,
      { model: "large", outputVersion: "v1" },
    ).invoke("Hello");
    expect(answer.content).toEqual([{ type: "reasoning", reasoning: "Hm." }, text, toolCall]);
    const v0 = await toLangChain(
      answering(completion({ content: "ab", reasoning: "Hm.", tool_calls: [call] })).provider,
      { model: "large" },
    ).invoke("Hello");
    expect(v0.content).toBe("ab");
    expect(v0.contentBlocks).toEqual(answer.content);
  });

  test.each(['{"city":"Par', "Paris", "[1]", '"x"'])(
    "has an invalid tool call if the arguments are %s",
    async (text) => {
      const cut = { id: "t1", type: "function", function: { name: "look", arguments: text } };
      const answers = [
        completion({ content: null, tool_calls: [cut] }, "length"),
        [delta({ tool_calls: [{ index: 0, ...cut }] }), delta({}, "length")],
      ];
      const model = (body: object): ReturnType<typeof toLangChain> =>
        toLangChain(answering(body).provider, { model: "large" });
      for (const answer of [
        await model(answers[0]!).invoke("Hello"),
        await joined(await model(answers[1]!).stream("Hello")),
      ]) {
        expect(answer.tool_calls).toEqual([]);
        expect(answer.invalid_tool_calls).toMatchObject([
          { id: "t1", name: "look", args: text, error: expect.any(String) },
        ]);
      }
      const message = await model(answers[1]!).streamEvents("Hello");
      expect(message.tool_calls).toEqual([]);
      expect(message.content).toMatchObject([{ type: "invalid_tool_call", args: text }]);
    },
  );

  test("reports each token, the end and an error to callbacks", async () => {
    const heard: string[] = [];
    const callbacks = [
      {
        handleLLMNewToken: (token: string) => void heard.push(token),
        handleLLMEnd: ({ llmOutput }: { llmOutput?: { tokenUsage?: { totalTokens: number } } }) =>
          void heard.push(`end ${llmOutput?.tokenUsage?.totalTokens}`),
        handleLLMError: (error: Error) => void heard.push(`error ${error.message}`),
      },
    ];
    await joined(
      await toLangChain(answering([delta({ content: "a" }), delta({ content: "b" }), delta({}, "stop")]).provider, {
        model: "large",
      }).stream("Hello", { callbacks }),
    );
    expect(heard).toEqual(["a", "b", "", "end 15"]);
    await toLangChain(answering({ error: { message: "Busy" } }, { status: 503 }).provider, { model: "large" })
      .invoke("Hello", { callbacks })
      .catch(() => undefined);
    expect(heard.at(-1)).toBe("error Busy");
  });

  test("sends a refusal back as a refusal and an image as an image", async () => {
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };
    const bodiesOf = [
      completion({ content: "Well.", refusal: "I will not.", images: [image] }),
      [
        delta({ content: "Well." }),
        delta({ refusal: "I will " }),
        delta({ refusal: "not." }),
        delta({ images: [image] }),
        delta({}, "stop"),
      ],
    ];
    for (const body of bodiesOf) {
      const { provider, bodies } = answering(body);
      const model = toLangChain(provider, { model: "large" });
      const answer = Array.isArray(body) ? await joined(await model.stream("Hello")) : await model.invoke("Hello");
      expect(answer.text).toBe("Well.I will not.");
      await model.invoke([answer, new HumanMessage("Why?")]).catch(() => undefined);
      expect(bodies()[1].messages[0]).toMatchObject({
        role: "assistant",
        content: "Well.",
        refusal: "I will not.",
        images: [image],
      });
    }
  });
});

describe("structured output", () => {
  const schema = z.object({ city: z.string() });
  const text = completion({ content: '{"city":"Paris"}' });
  const call = { id: "t1", type: "function", function: { name: "extract", arguments: '{"city":"Paris"}' } };

  test.each([
    ["large", text, { type: "json_schema" }, undefined],
    [
      "small",
      completion({ content: null, tool_calls: [call] }, "tool_calls"),
      undefined,
      { type: "function", function: { name: "extract" } },
    ],
    ["unforced", text, { type: "json_object" }, undefined],
    ["plain", text, { type: "json_object" }, undefined],
  ])("uses the best method that model %s supports", async (model, answer, format, choice) => {
    const { provider, bodies } = answering(answer);
    expect(await toLangChain(provider, { model }).withStructuredOutput(schema).invoke("?")).toEqual({ city: "Paris" });
    const [body] = bodies();
    if (format) expect(body.response_format).toMatchObject(format);
    else expect(body.response_format).toBeUndefined();
    expect(body.tool_choice).toEqual(choice);
    if (format?.type === "json_object") expect(body.messages[0].content).toContain('"required":["city"]');
  });

  test("uses a forced tool for a fallback, and the requested method if there is one", async () => {
    const forced = answering(completion({ content: null, tool_calls: [call] }, "tool_calls"));
    await toLangChain(withFallback([forced.provider]), { model: "large" })
      .withStructuredOutput(schema)
      .invoke("?");
    expect(forced.bodies()[0].tools).toHaveLength(1);
    const json = answering(text);
    await toLangChain(json.provider, { model: "large" })
      .withStructuredOutput(schema, { method: "jsonMode" })
      .invoke("Answer in JSON");
    expect(json.bodies()[0].response_format).toEqual({ type: "json_object" });
  });

  test("is checked against a Zod schema and against a plain JSON Schema", async () => {
    for (const [model, wrong] of [
      ...['{"town":"Paris"}', '{"city":7}', "Paris", '{"city":"Par'].map(
        (content) => ["plain", completion({ content })] as const,
      ),
      [
        "small",
        completion({
          content: null,
          tool_calls: [{ ...call, function: { name: "extract", arguments: '{"city":7}' } }],
        }),
      ] as const,
    ])
      for (const one of [schema, z.toJSONSchema(schema)]) {
        const asked = toLangChain(answering(wrong).provider, { model }).withStructuredOutput(one).invoke("?");
        await expect(asked, JSON.stringify(wrong)).rejects.toThrow(OutputParserException);
        const both = await toLangChain(answering(wrong).provider, { model })
          .withStructuredOutput(one, { includeRaw: true })
          .invoke("?");
        expect(both).toMatchObject({ parsed: null, raw: { id: "c1" } });
      }
  });
});

describe("errors and secrets", () => {
  test.each([
    [401, false],
    [429, true],
    [503, true],
    [400, false],
  ])("HTTP %i is the ProviderError itself, marked for LangChain's retries", async (status, retryable) => {
    const { provider } = answering({ error: { message: `No, not with ${apiKey}` } }, { status });
    const model = toLangChain(provider, { model: "large" });
    for (const asked of [
      model.invoke("Hello"),
      model.stream("Hello").then((stream) => joined(stream)),
      Promise.resolve(model.streamEvents("Hello")),
    ]) {
      const error = await asked.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(ProviderError.is(error)).toBe(true);
      expect(error).toMatchObject({ status });
      expect(getRetryable(error)).toBe(retryable);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(apiKey);
    }
  });

  test("the key is never serialised, traced or printed", async () => {
    const traced: unknown[] = [];
    const model = toLangChain(answering(completion({ content: "yes" })).provider, {
      model: "large",
      parameters: { user: "u" },
    });
    const answer = await model.invoke("Hello", {
      callbacks: [{ handleChatModelStart: (...told: unknown[]) => void traced.push(...told) }],
    });
    const bound = model.withStructuredOutput(z.object({ a: z.string() }));
    const shown = [
      model,
      bound,
      answer,
      traced,
      model.serialize(),
      model.invocationParams(),
      model.toJSON(),
      bound.toJSON(),
    ];
    for (const one of shown)
      expect(`${JSON.stringify(one)} ${inspect(one, { depth: 12, showHidden: true })}`).not.toContain(
        apiKey.slice(0, 12),
      );
    expect(JSON.parse(JSON.stringify(model))).toMatchObject({ type: "not_implemented" });
  });
});

test("embeds documents and a query, in batches that fit the endpoint's limit", async () => {
  const { provider, bodies } = embedding();
  const embeddings = toLangChainEmbeddings(provider, {
    model: "vectors",
    dimensions: 2,
    parameters: { user: "u" },
  });
  expect(await embeddings.embedDocuments(["a", "b", "c"])).toEqual([
    [0, 1],
    [1, 1],
    [0, 1],
  ]);
  expect(await embeddings.embedQuery("a")).toEqual([0, 1]);
  expect(await embeddings.embedDocuments([])).toEqual([]);
  expect(bodies()).toMatchObject([{ dimensions: 2, user: "u" }, {}, { input: ["a"] }]);
  expect(inspect(embeddings, { depth: 9, showHidden: true })).not.toContain(apiKey);
});
