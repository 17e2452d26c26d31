import {
  type ChatRequest,
  type Definition,
  ProviderError,
  type ProviderFactory,
  defineProvider,
} from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { afterEach, describe, expect, test } from "vitest";
import { startTwin, type Twin, type TwinOptions } from "../src/index.ts";
import { keepRequests } from "../src/twin/keep-requests.ts";
import { acme } from "./fixtures/acme.ts";
import { bolt } from "./fixtures/bolt.ts";
import { dune } from "./fixtures/dune.ts";

const tools = [
  {
    type: "function",
    function: {
      name: "get_weather",
      parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  },
];
const messages = [{ role: "user" as const, content: "Hello there" }];
const open: Twin[] = [];

afterEach(async () => {
  for (const twin of open.splice(0)) await twin.close();
});

async function twinOf(factory: ProviderFactory, options?: TwinOptions) {
  const twin = await startTwin(factory.definition, options);
  open.push(twin);
  return twin;
}

/** Sends a request without the client, which would correct what the endpoint must refuse. */
async function post(twin: Twin, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${twin.url}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ messages, ...body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function failure(promise: Promise<unknown>): Promise<ProviderError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ProviderError.is(error)) throw new Error("no ProviderError came");
  return error;
}

test("the fixtures are valid definitions", () => {
  expect(checkDefinition(acme.definition)).toEqual([]);
  expect(checkDefinition(bolt.definition)).toEqual([]);
});

describe("an answer", () => {
  test("is the same for the same request, streamed or whole", async () => {
    const twin = await twinOf(acme, { now: () => 0 });
    const provider = acme({ baseURL: twin.url, apiKey: "any" });
    const request: ChatRequest = { model: "acme-small", messages };
    const first = await provider.chat(request);
    const second = await provider.chat(request);
    expect(second).toEqual(first);
    expect(first.text).toContain("Hello there");
    expect(first.reasoning).not.toBe("");
    expect(first.usage?.cachedInputTokens).toBeGreaterThan(0);
    expect(first.usage?.reasoningTokens).toBeGreaterThan(0);
    expect(first.metadata).toEqual({
      service_tier: "twin-service_tier",
      x_acme: "twin-x_acme",
      "header:x-acme-region": "twin-x-acme-region",
    });
    expect(first.response.requestId).toMatch(/^req_/);
    expect(first.response.limits?.requests).toEqual({ limit: 1000, remaining: 999, reset: 72_500 });
    const streamed = await provider.stream(request).result;
    expect({ ...streamed, response: undefined }).toEqual({ ...first, response: undefined });
  });

  test("calls tools when asked, in fragments, and answers from their results", async () => {
    const twin = await twinOf(acme);
    const provider = acme({ baseURL: twin.url, apiKey: "any" });
    const question = [{ role: "user" as const, content: "What is the weather in Paris and in Rome?" }];
    const stream = provider.stream({ model: "acme-small", messages: question, tools });
    const deltas: string[] = [];
    for await (const event of stream) if (event.type === "tool-call-delta") deltas.push(event.arguments);
    const { toolCalls, message, finishReason } = await stream.result;
    expect(toolCalls.map((call) => call.arguments)).toEqual(['{"city":"Paris"}', '{"city":"Rome"}']);
    expect(deltas.length).toBeGreaterThan(2);
    expect(finishReason).toBe("tool-calls");
    for (const { id } of toolCalls) expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
    const results = toolCalls.map((call) => ({
      role: "tool" as const,
      tool_call_id: call.id,
      content: call.arguments,
    }));
    const answer = await provider.chat({ model: "acme-small", messages: [...question, message, ...results], tools });
    expect(answer.text).toBe('The tool says: {"city":"Paris"} {"city":"Rome"}');
  });

  test("respects max_tokens, stop, JSON mode and a schema", async () => {
    const twin = await twinOf(acme);
    const provider = acme({ baseURL: twin.url, apiKey: "any" });
    const ask = (rest: object) => provider.chat({ model: "acme-plain", messages, ...rest });
    expect(await ask({ max_tokens: 3 })).toMatchObject({ finishReason: "length", text: "This is the " });
    expect(await ask({ stop: ["no model"] })).toMatchObject({
      finishReason: "stop",
      text: "This is the twin of Acme, ",
    });
    expect(JSON.parse((await ask({ response_format: { type: "json_object" } })).text)).toEqual({ answer: "answer" });
    const schema = { type: "object", properties: { year: { type: "integer" } }, required: ["year"] };
    const format = { type: "json_schema", json_schema: { name: "year", schema, strict: true } };
    expect(JSON.parse((await ask({ response_format: format })).text)).toEqual({ year: 2 });
  });

  test("obeys a system message that orders a call, and finds a schema that the prompt spells out", async () => {
    const acmeTwin = await twinOf(acme);
    const provider = acme({ apiKey: "k", baseURL: acmeTwin.url });
    const ask = (system: string, more: object) =>
      provider.chat({ model: "acme-2", messages: [{ role: "system", content: system }, ...messages], ...more });
    const [tool] = tools;
    for (const order of ["You must ALWAYS call the math function.", "Always use a tool.", "get_weather is yours."])
      expect((await ask(order, { tools: [tool] })).toolCalls, order).toHaveLength(1);
    for (const other of ["You are brief.", "A tool is at hand.", "Call a friend."])
      expect((await ask(other, { tools: [tool] })).toolCalls, other).toEqual([]);
    const asJson = { response_format: { type: "json_object" } };
    const spelt = `Answer by this JSON Schema: ${JSON.stringify(tool!.function.parameters)}`;
    expect(JSON.parse((await ask(spelt, asJson)).text)).toEqual({ city: "city" });
    expect(JSON.parse((await ask("Answer by a JSON Schema {", asJson)).text)).toEqual({ answer: "answer" });
  });

  test("counts tokens in a stream only on request, if the dialect says so", async () => {
    const twin = await twinOf(acme);
    const silent = await post(twin, { model: "acme-plain", stream: true });
    const asked = await post(twin, { model: "acme-plain", stream: true, stream_options: { include_usage: true } });
    expect(silent.text).not.toContain("prompt_tokens");
    expect(asked.text).toContain('"choices":[],"usage":{"prompt_tokens"');
    expect(asked.text).toContain(": acme is working\n\n");
    expect(asked.text.endsWith("data: [DONE]\n\n")).toBe(true);
  });

  test("comes from the script, including each finish reason", async () => {
    const words = { stop: "stop", length: "length", content_filter: "content-filter", odd: "other" };
    const scenarios = Object.keys(words).map((finishReason) => ({
      times: 1,
      answer: { text: "scripted", finishReason },
    }));
    const twin = await twinOf(bolt, { scenarios });
    const provider = bolt({ baseURL: twin.url, apiKey: "any" });
    for (const finishReason of Object.values(words)) {
      expect(await provider.chat({ model: "bolt-1", messages })).toMatchObject({ text: "scripted", finishReason });
    }
    expect((await provider.chat({ model: "bolt-1", messages })).text).not.toBe("scripted");
  });
});

describe("embeddings", () => {
  const withEmbeddings = (baseURL = acme.definition.baseURL) => {
    const embeddings = { maxInputs: 2, source: ["https://acme.test/docs", "2026-11-28"] } as const;
    return defineProvider({ ...acme.definition, embeddings, baseURL } as Definition & { smallModel: never });
  };

  test("are unit vectors, the same for the same text, in the order of the texts", async () => {
    const factory = withEmbeddings();
    const twin = await twinOf(factory);
    const provider = factory({ baseURL: twin.url, apiKey: "any" });
    const { embeddings, model, usage } = await provider.embed({ model: "e", input: ["a", "b", "a"], dimensions: 5 });
    expect(embeddings).toHaveLength(3);
    for (const vector of embeddings) {
      expect(vector).toHaveLength(5);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 9);
    }
    expect(embeddings[2]).toEqual(embeddings[0]);
    expect(embeddings[1]).not.toEqual(embeddings[0]);
    expect({ model, inputTokens: usage?.inputTokens }).toEqual({ model: "e", inputTokens: 3 });
    expect((await provider.embed({ model: "e", input: "b", dimensions: 5 })).embeddings).toEqual([embeddings[1]]);
    expect(twin.requests.map(({ path }) => path)).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/\/embeddings$/)),
    );
  });

  test("are refused beyond the definition's limits, and if it has no embeddings", async () => {
    const twin = await twinOf(withEmbeddings());
    const ask = (url: string, body: object) => fetch(url, { method: "POST", body: JSON.stringify(body) });
    for (const body of [
      { model: "e", input: ["a", "b", "c"] },
      { model: "e", input: [] },
      { input: "a" },
      { model: "e" },
      { model: "e", input: "a", dimensions: 0 },
    ])
      expect((await ask(`${twin.url}/embeddings`, body)).status).toBe(400);
    // Acme has embeddings because the contract checks them (issue 16).
    const none = await twinOf(dune);
    expect((await ask(`${none.url}/embeddings`, { model: "e", input: "a" })).status).toBe(404);
  });

  test("and all other paths are served under a base URL with a query", async () => {
    const factory = withEmbeddings("https://api.acme.test/v1?api-version=1");
    const twin = await twinOf(factory);
    expect(twin.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\?api-version=1$/);
    const provider = factory({ baseURL: twin.url, apiKey: "any" });
    await provider.chat({ model: "acme-small", messages });
    await provider.models();
    await provider.embed({ model: "e", input: "a" });
    expect(twin.requests.map(({ path, status }) => `${path} ${status}`)).toEqual([
      "/v1/chat/completions?api-version=1 200",
      "/v1/models?api-version=1 200",
      "/v1/embeddings?api-version=1 200",
    ]);
  });
});

describe("a refusal", () => {
  const base = { model: "acme-small" };
  const call = (id: string) => ({ id, type: "function", function: { name: "get_weather", arguments: "{}" } });
  test.each<[string, object, number, string]>([
    ["a rejected parameter", { ...base, logit_bias: {} }, 422, "Extra inputs are not permitted: logit_bias"],
    ["a parameter rejected for this model", { ...base, logprobs: true }, 422, "logprobs"],
    ["a parameter rejected without another one", { ...base, top_k: 1 }, 400, "top_k"],
    ["an unknown parameter", { ...base, flavour: 1 }, 422, "flavour"],
    ["an old name", { ...base, seed: 1 }, 422, "seed"],
    ["a value out of range", { ...base, temperature: 3 }, 422, "temperature"],
    ["two parameters that exclude each other", { ...base, max_tokens: 1, max_completion_tokens: 1 }, 422, "max_tokens"],
    [
      "an extra field of a message",
      { ...base, messages: [{ role: "user", content: "x", mood: "odd" }] },
      422,
      "messages[0].mood",
    ],
    ["a null in a message", { ...base, messages: [{ role: "user", content: "x", name: null }] }, 422, "name"],
    ["no messages", { ...base, messages: [] }, 400, "messages"],
    [
      "a foreign tool call id",
      {
        ...base,
        messages: [
          { role: "assistant", content: "", reasoning_content: "r", tool_calls: [call("call_1")] },
          { role: "tool", tool_call_id: "call_1", content: "x" },
        ],
      },
      400,
      "Tool call id was call_1 but",
    ],
    [
      "lost reasoning",
      {
        ...base,
        messages: [
          { role: "assistant", content: "", tool_calls: [call("aaaaaaaaa")] },
          { role: "tool", tool_call_id: "aaaaaaaaa", content: "x" },
        ],
      },
      400,
      "reasoning_content of the turn",
    ],
    [
      "a call without its answer",
      {
        ...base,
        messages: [
          { role: "assistant", content: "", reasoning_content: "r", tool_calls: [call("aaaaaaaaa")] },
          { role: "user", content: "x" },
        ],
      },
      400,
      "No tool output found",
    ],
    [
      "an answer without its call",
      { ...base, messages: [{ role: "tool", tool_call_id: "aaaaaaaaa", content: "x" }] },
      400,
      "none",
    ],
    ["an assistant message at the end", { ...base, messages: [{ role: "assistant", content: "And" }] }, 400, "prefix"],
    [
      "an empty assistant message",
      { ...base, messages: [{ role: "assistant", content: "" }, ...messages] },
      400,
      "content or tool calls",
    ],
  ])("of %s", async (_name, body, status, text) => {
    const twin = await twinOf(acme);
    const answer = await post(twin, body);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(text)]);
    expect(twin.requests[0]).toMatchObject({ method: "POST", status });
  });

  test("answers a value out of range at a lenient endpoint too", async () => {
    const definition: Definition = { ...bolt.definition, parameters: { temperature: { range: [0, 2], source: "" } } };
    const twin = await startTwin(definition);
    open.push(twin);
    expect([
      (await post(twin, { model: "bolt-1", temperature: 3 })).status,
      (await post(twin, { model: "bolt-1", temperature: 2 })).status,
    ]).toEqual([400, 200]);
  });

  test.each<[string, object]>([
    ["an unknown parameter at a lenient endpoint", { model: "bolt-1", flavour: 1 }],
    ["null for a parameter", { model: "bolt-1", stop: null }],
    ["an unlisted model", { model: "tomorrow" }],
    ["tools of a kind that it does not know", { model: "bolt-1", messages, plugins: [{ type: "bolt:advisor" }] }],
  ])("does not come: %s", async (_name, body) => {
    expect((await post(await twinOf(bolt), body)).status).toBe(200);
  });

  test("answers a wrong key, a wrong path, an unknown and a retired model", async () => {
    const twin = await twinOf(acme, { apiKey: "right", strictModels: true });
    const at = (apiKey: string) => acme({ baseURL: twin.url, apiKey, maxRetries: 0 });
    expect(await failure(at("wrong").chat({ model: "acme-small", messages }))).toMatchObject({
      code: "invalid-key",
      status: 401,
    });
    expect(await failure(at("right").chat({ model: "nope", messages }))).toMatchObject({
      code: "not-found",
      status: 404,
    });
    expect(await failure(at("right").chat({ model: "acme-old", messages }))).toMatchObject({ code: "model-retired" });
    expect((await at("right").models()).map(({ id }) => id)).toEqual(["acme-small", "acme-plain", "acme-tiered"]);
    const elsewhere = await fetch(`${twin.url}/nowhere`, { headers: { authorization: "Bearer right" } });
    expect([elsewhere.status, await elsewhere.text()]).toEqual([
      404,
      expect.stringContaining("POST /chat/completions"),
    ]);
    const keyed = await twinOf(bolt, { apiKey: "right" });
    expect((await post(keyed, { model: "bolt-1" }, { authorization: "Bearer right" })).status).toBe(401);
    expect((await post(keyed, { model: "bolt-1" }, { "x-api-key": "right" })).status).toBe(200);
  });

  test("answers a request that a web page sent", async () => {
    const twin = await twinOf(bolt);
    expect((await post(twin, { model: "bolt-1" }, { origin: "https://evil.test" })).status).toBe(403);
    expect((await post(twin, { model: "bolt-1" }, { origin: "http://localhost:3080" })).status).toBe(200);
  });

  test("keeps no body that a web page sent, and only a limited number of requests", async () => {
    const twin = await twinOf(bolt);
    const endless = await fetch(`${twin.url}/chat/completions`, {
      method: "POST",
      headers: { origin: "https://evil.test" },
      body: "x".repeat(8 * 1024 * 1024),
    }).catch((error: unknown) => error);
    // The connection may be closed while the body is still being sent.
    if (endless instanceof Response) expect(endless.status).toBe(403);
    expect(twin.requests.map(({ status, text, body }) => ({ status, text, body }))).toEqual([
      { status: 403, text: "", body: undefined },
    ]);

    const kept = keepRequests(bolt.definition);
    const request = { method: "POST", path: "/", headers: {}, body: undefined, status: 200 };
    for (let index = 0; index < 1100; index++) kept.add({ ...request, text: String(index) });
    expect([kept.requests.length, kept.requests[0]!.text]).toEqual([1000, "100"]);
    for (let index = 0; index < 9; index++) kept.add({ ...request, text: "x".repeat(16 * 1024 * 1024) });
    expect(kept.requests).toHaveLength(4);
  });

  test("remembers no key, neither from a header nor from elsewhere", async () => {
    const key = "c4a7e91b30d258f6a1b94e7cd02f8536";
    const told: unknown[] = [];
    const twin = await twinOf(bolt, { apiKey: key, onRequest: (request) => told.push(request) });
    const provider = bolt({ baseURL: twin.url, apiKey: key, headers: { "x-session": "0123456789abcdef" } });
    await provider.chat({ model: "bolt-1", messages: [{ role: "user", content: `My key is ${key}.` }] });
    expect(twin.requests[0]!.text).toContain("My key is [redacted].");
    const strict = await twinOf(bolt, { apiKey: key, strictModels: true, onRequest: (request) => told.push(request) });
    await post(strict, { model: `model-${key}` }, { "x-api-key": key });
    expect(strict.requests[0]!.refused).toBe(
      "The model `model-[redacted]` does not exist or you do not have access to it.",
    );
    await expect.poll(() => told.length).toBe(2);
    for (const seen of [JSON.stringify(twin.requests), JSON.stringify(told)])
      expect([seen.includes(key.slice(0, 8)), seen.includes("0123456789abcdef")]).toEqual([false, false]);
  });
});

// Issue 17: a twin follows its definition's statements about the endpoint's side.
describe("a twin with its definition's own settings", () => {
  const withWire = (wire: object): Definition => ({
    ...acme.definition,
    dialect: { ...acme.definition.dialect, server: async () => ({ wire }) },
  });
  const twinWith = async (wire: object): Promise<Twin> => {
    const twin = await startTwin(withWire(wire));
    open.push(twin);
    return twin;
  };

  test("hides its reasoning and still counts it", async () => {
    const thinking = { model: "acme-small", reasoning_effort: "high" };
    expect((await post(await twinWith({}), thinking)).text).toContain("I think about it");
    const { text } = await post(await twinWith({ hidesReasoning: true }), thinking);
    expect(text).not.toContain("I think about it");
    expect(text).toMatch(/"reasoning_tokens":[1-9]/);
  });

  test("lists its models in its own shape", async () => {
    const twin = await twinWith({ writeModels: (ids: string[], { name }: Definition) => ({ [name]: ids }) });
    expect(await (await fetch(`${twin.url}/models`)).json()).toMatchObject({
      Acme: ["acme-small", expect.anything(), "acme-tiered"],
    });
  });

  test("speaks a second format under another path, with separate rules", async () => {
    const face = {
      name: "second",
      baseURL: "https://api.acme.test/second/",
      dialect: bolt.definition.dialect,
      parameters: {},
      unknownParameters: undefined,
      refusals: undefined,
    };
    const twin = await twinWith({ faces: [face] });
    expect(twin.faces).toEqual([{ name: "second", url: twin.url.replace("/v1", "/second") }]);
    const at = (url: string) =>
      fetch(`${url}/chat/completions`, {
        method: "POST",
        body: JSON.stringify({ model: "acme-plain", messages, logit_bias: {} }),
      });
    expect([(await at(twin.url)).status, (await at(twin.faces[0]!.url)).status]).toEqual([422, 200]);
    expect((await at(twin.url.replace("/v1", "/secondary"))).status).toBe(404);
  });
});

describe("a fault", () => {
  const request: ChatRequest = { model: "bolt-1", messages };
  const during = async (fault: object, options: object = {}) => {
    const twin = await twinOf(bolt, { scenarios: [{ fault }] });
    return failure(bolt({ baseURL: twin.url, apiKey: "any", maxRetries: 0, ...options }).stream(request).result);
  };
  test("breaks, stalls or corrupts the answer", async () => {
    expect(await during({ reset: true })).toMatchObject({ code: "network" });
    expect(await during({ cutAt: 900 })).toMatchObject({ partial: { reasoning: expect.stringContaining("The user") } });
    expect(await during({ hang: "headers" }, { timeout: 40 })).toMatchObject({ code: "timeout" });
    expect(await during({ hang: "body" }, { idleTimeout: 40 })).toMatchObject({ code: "timeout" });
    expect(await during({ delay: 200 }, { timeout: 40 })).toMatchObject({ code: "timeout" });
    expect(await during({ malformed: true })).toMatchObject({ code: "invalid-response" });
    expect(await during({ errorInStream: { status: 503, message: "no room" } })).toMatchObject({ message: "no room" });
  });

  test.each([["seconds", 2000] as const, ["milliseconds", 2500] as const, ["date", 2000] as const])(
    "answers 429 with the wait in %s",
    async (as, wait) => {
      const now = () => Math.floor(Date.now() / 1000) * 1000;
      const twin = await twinOf(bolt, { scenarios: [{ fault: { rateLimit: { as, wait } } }], now });
      const error = await failure(
        bolt({ baseURL: twin.url, apiKey: "any", maxRetries: 1, maxWait: 100 }).chat(request),
      );
      expect(error).toMatchObject({ code: "rate-limit", status: 429, retryable: true });
      // A date has whole seconds, and a busy machine takes some time to read it.
      expect(error.retryAfter).toBeGreaterThan(wait - 2000);
      expect(error.retryAfter).toBeLessThan(wait + 1000);
    },
  );

  test("answers 429 with the wait in its text", async () => {
    const twin = await twinOf(acme, { scenarios: [{ fault: { rateLimit: { as: "text", wait: 7660 } } }] });
    const error = await failure(
      acme({ baseURL: twin.url, apiKey: "any", maxRetries: 1, maxWait: 100 }).chat({ model: "acme-small", messages }),
    );
    expect(error).toMatchObject({ code: "rate-limit", retryAfter: 7660 });
  });
});

test("a foreign dialect without its wire fails with a clear message", async () => {
  const { settings: _, ...dialect } = bolt.definition.dialect;
  const definition: Definition = { ...bolt.definition, dialect: { ...dialect, name: "smoke" } };
  // design.md, "Repository": a foreign format brings its own server side, `dialect.server`.
  await expect(startTwin(definition)).rejects.toThrow("The dialect of Bolt has no `server`");
});

// design.md, "Contract tests": the twin refuses as the definition says, wrong types and `refusals.names` included.
describe("refusals", () => {
  const withRefusals = (refusals: Omit<NonNullable<Definition["refusals"]>, "source">, change: object = {}) => ({
    definition: { ...acme.definition, refusals: { ...refusals, source: "chat" }, ...change } as Definition,
  });
  const ask = async (definition: Definition, body: object) => {
    const twin = await startTwin(definition);
    open.push(twin);
    const { status, text } = await post(twin, { model: "acme-plain", ...body });
    return { status, text };
  };

  test.each([
    ["temperature", "hot"],
    ["temperature", [1]],
    ["max_tokens", "12"],
    ["max_tokens", 1.5],
    ["n", "2"],
    ["stop", 7],
    ["stop", [7]],
    ["tools", {}],
    ["tool_choice", true],
    ["response_format", "json_object"],
    ["parallel_tool_calls", "yes"],
    ["stream_options", true],
    ["user", { id: 1 }],
    ["stream", "yes"],
  ])("%s = %j is of the wrong type", async (name, value) => {
    const refused = await ask(withRefusals({ names: "first", wrongTypes: 422 }).definition, { [name]: value });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`'${name}'`);
    const taken = await ask(withRefusals({ names: "first", wrongTypes: "taken" }).definition, { [name]: value });
    expect(taken.status).toBe(200);
    expect((await ask(acme.definition, { [name]: value })).status).toBe(200);
    expect((await ask(withRefusals({ names: "first", wrongTypes: 422 }).definition, { [name]: null })).status).toBe(
      200,
    );
  });

  test("a message's content of a wrong type is refused too", async () => {
    const { definition } = withRefusals({ names: "first", wrongTypes: 400 });
    const { status, text } = await ask(definition, { messages: [{ role: "user", content: 5 }] });
    expect([status, text]).toEqual([400, expect.stringContaining("messages[0].content")]);
  });

  test("the rules define a vendor's own type of a shared parameter", async () => {
    const parameters = { logprobs: { range: [0, 5], source: "chat" } };
    const { definition } = withRefusals({ names: "first", wrongTypes: 400 }, { parameters });
    expect((await ask(definition, { logprobs: 3 })).status).toBe(200);
    expect((await ask(definition, { logprobs: "3" })).status).toBe(400);
  });

  test("a value that the client would map is refused", async () => {
    const { status, text } = await ask(acme.definition, { reasoning_effort: "minimal" });
    expect([status, text]).toEqual([422, expect.stringContaining("reasoning_effort")]);
  });

  test("an answer names all refused fields, the first, or none", async () => {
    const body = { x_one: 1, x_two: 2 };
    const all = await ask(withRefusals({ names: "all", wrongTypes: 422 }).definition, body);
    expect(JSON.parse(all.text).error.message).toBe(
      "Extra inputs are not permitted: x_one; Extra inputs are not permitted: x_two",
    );
    const first = await ask(withRefusals({ names: "first", wrongTypes: 422 }).definition, body);
    expect(JSON.parse(first.text).error.message).toBe("Extra inputs are not permitted: x_one");
    const none = await ask(withRefusals({ names: "none", wrongTypes: 422 }).definition, body);
    expect(none.status).toBe(422);
    expect(none.text).not.toMatch(/x_one|x_two/);
  });

  test("a list of refused fields has an entry for each", async () => {
    const unknownParameters = { rejected: 422, known: ["user"], source: "docs" };
    const refusals = { names: "all", wrongTypes: 422, source: "docs" };
    const definition = { ...dune.definition, unknownParameters, refusals } as Definition;
    const { text } = await ask(definition, { x_one: 1, x_two: 2 });
    const { detail } = JSON.parse(text) as { detail: { loc: string[] }[] };
    expect(detail.map(({ loc }) => loc)).toEqual([
      ["body", "x_one"],
      ["body", "x_two"],
    ]);
  });

  test("a value that a rule sets is refused if it differs or is missing", async () => {
    for (const tier of [{}, { service_tier: "fast" }]) {
      const { status, text } = await ask(acme.definition, { model: "acme-tiered", ...tier });
      expect([status, text]).toEqual([422, expect.stringContaining("service_tier")]);
    }
    expect((await ask(acme.definition, { model: "acme-tiered", service_tier: "default" })).status).toBe(200);
    expect((await ask(acme.definition, { service_tier: "fast" })).status).toBe(200);
  });

  test("a range may have only one end", async () => {
    expect((await ask(acme.definition, { top_logprobs: 0 })).status).toBe(422);
    expect((await ask(acme.definition, { top_logprobs: 1e9 })).status).toBe(200);
  });

  test("a documented example has its rule's status, and a plain text is sent without quotation marks", async () => {
    const ids = {
      status: 418,
      code: "invalid-request",
      hint: "x",
      example: { error: { message: "Tool call id {value}" } },
    };
    const path = { status: 404, code: "not-found", hint: "x", example: "404 page not found" };
    const errors = [...acme.definition.errors!, ids, path].filter(
      ({ example }) => !/was \{value\}/.test(JSON.stringify(example)),
    );
    const twin = await startTwin({ ...acme.definition, errors } as Definition);
    open.push(twin);
    const call = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
    const turn = { role: "assistant", content: "", reasoning_content: "r", tool_calls: [call] };
    const { status, text } = await post(twin, { model: "acme-small", messages: [turn] });
    expect([status, JSON.parse(text)]).toEqual([418, { error: { message: "Tool call id call_1" } }]);
    const elsewhere = await fetch(`${twin.url}/nowhere`);
    expect([elsewhere.headers.get("content-type"), await elsewhere.text()]).toEqual([
      "text/plain",
      "404 page not found",
    ]);
  });

  test("an unknown path is refused in the endpoint's words, also a longer one", async () => {
    const unknown = {
      status: 404,
      code: "not-found",
      hint: "Look at the URL.",
      example: { error: { message: "Unknown request URL: {value}", code: "unknown_url" } },
      source: "errors",
    };
    const twin = await startTwin({ ...acme.definition, errors: [unknown, ...acme.definition.errors!] } as Definition);
    open.push(twin);
    for (const path of ["/completions", "/beta/chat/completions", "/chat/completions/x"]) {
      const response = await fetch(`${twin.url}${path}`, { method: "POST", body: "{}" });
      expect(response.status).toBe(404);
      expect(await response.text()).toContain(`Unknown request URL: POST /v1${path}`);
    }
  });

  test.each([
    ["max_tokens", { max_tokens: 0 }],
    ["max_completion_tokens", { max_completion_tokens: -1 }],
    ["tool_choice", { tools, tool_choice: { type: "function", function: { name: "other" } } }],
    ["tool_choice", { tool_choice: "any" }],
  ])("%s is refused because nobody could act on it", async (name, body) => {
    const { status, text } = await ask(acme.definition, body);
    expect([status, text]).toEqual([400, expect.stringContaining(name)]);
  });
});

describe("the twin obeys n, the token limit and a forced call", () => {
  test("sends n answers, whole and streamed, of which the client reads the first", async () => {
    const twin = await twinOf(acme);
    const { text } = await post(twin, { model: "acme-plain", n: 3 });
    const choices = (JSON.parse(text) as { choices: { index: number }[] }).choices;
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    const streamed = await post(twin, { model: "acme-plain", n: 2, stream: true });
    expect(streamed.text).toMatch(/"index":1,"delta":\{\},"finish_reason":"stop"/);
    const provider = acme({ baseURL: twin.url, apiKey: "any" });
    const one = await provider.chat({ model: "acme-plain", messages });
    expect((await provider.chat({ model: "acme-plain", messages, n: 2 })).text).toBe(one.text);
    expect((await provider.stream({ model: "acme-plain", messages, n: 2 }).result).text).toBe(one.text);
  });

  test("the token count respects the limit", async () => {
    const twin = await twinOf(acme);
    const ask = async (extra: object) =>
      JSON.parse((await post(twin, { model: "acme-small", ...extra })).text) as {
        usage: { completion_tokens: number };
      };
    expect((await ask({ max_tokens: 3 })).usage.completion_tokens).toBe(3);
    expect((await ask({})).usage.completion_tokens).toBeGreaterThan(3);
  });

  test.each([["required"], [{ type: "function", function: { name: "get_weather" } }]])(
    "tool_choice %j forces a call, also after the results of another one",
    async (choice) => {
      const twin = await startTwin({ ...dune.definition, messages: undefined } as Definition);
      open.push(twin);
      const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: "{}" } };
      const history = [
        ...messages,
        { role: "assistant", content: null, tool_calls: [call] },
        { role: "tool", tool_call_id: "call_1", content: "Sunny." },
      ];
      for (const said of [messages, history]) {
        const { text } = await post(twin, { model: "dune-1", messages: said, tools, tool_choice: choice });
        const { choices } = JSON.parse(text) as { choices: { finish_reason: string; message: object }[] };
        expect(choices[0]!.finish_reason).toBe("tool_calls");
        expect(choices[0]!.message).toMatchObject({ tool_calls: [{ function: { name: "get_weather" } }] });
      }
    },
  );
});
