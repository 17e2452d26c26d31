import {
  chatCompletions,
  type Definition,
  type EmbedRequest,
  type ProviderOptions,
  withFallback,
} from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, acmeDefinition } from "./support/acme.ts";
import { type Fetch, fakeFetch } from "./support/fake-fetch.ts";
import { failure } from "./support/read-events.ts";

const embeddings = { maxInputs: 2, source: "docs" };
const price = { input: 2, output: 100 };
const models = { ...acmeDefinition.models, e: { price, source: "docs" } };

/** An endpoint that returns the vectors in reverse order. Text "n" has the vector [n, 0]. */
function endpoint(
  change: (body: Record<string, unknown>) => unknown = (body) => body,
  facts: Partial<Definition> = {},
) {
  const bodies: EmbedRequest[] = [];
  const fetch: Fetch = async (_, { body }) => {
    const request = JSON.parse(body as string) as EmbedRequest;
    bodies.push(request);
    const texts = [request.input].flat();
    const data = texts.map((text, index) => ({ index, embedding: [Number(text), 0] })).toReversed();
    const usage = { prompt_tokens: texts.length * 10, total_tokens: texts.length * 10 };
    return Response.json(change({ data, model: "e", usage }));
  };
  const options: ProviderOptions = { fetch, maxRetries: 0 };
  return { provider: acme({ models, embeddings, ...facts }, options), bodies };
}

describe("embed", () => {
  it("returns the vector of one text, its tokens and its cost", async () => {
    const { provider, bodies } = endpoint();
    const result = await provider.embed({ model: "e", input: "7", dimensions: 2, user: "u" });
    expect(result).toMatchObject({ embeddings: [[7, 0]], model: "e", changes: [], response: { status: 200 } });
    expect(result.usage?.inputTokens).toBe(10);
    expect(result.usage?.cost).toBeCloseTo(0.00002, 10);
    expect(bodies).toEqual([{ model: "e", input: "7", dimensions: 2, user: "u" }]);
  });

  it("requests the dialect's path with the key", async () => {
    const { fetch, calls } = fakeFetch({ body: '{"data":[{"embedding":[1]}]}' });
    const baseURL = "https://x.example/v1?api-version=1";
    await acme({ embeddings }, { fetch, baseURL }).embed({ model: "e", input: "x" });
    expect(calls[0]!.url).toBe("https://x.example/v1/embeddings?api-version=1");
    expect(calls[0]!.init).toMatchObject({
      method: "POST",
      headers: { authorization: expect.stringContaining("Bearer ") },
    });
  });

  it.each([1, 2, 3, 4, 5])("splits %i texts by the endpoint's limit and keeps their order", async (count) => {
    const { provider, bodies } = endpoint();
    const input = Array.from({ length: count }, (_, index) => String(index));
    const result = await provider.embed({ model: "e", input });
    expect(result.embeddings).toEqual(input.map((text) => [Number(text), 0]));
    expect(bodies.map(({ input: texts }) => texts.length)).toEqual(
      Array.from({ length: Math.ceil(count / 2) }, (_, index) => Math.min(2, count - 2 * index)),
    );
    expect(result.usage?.inputTokens).toBe(count * 10);
    expect(result.usage?.cost).toBeCloseTo(count * 0.00002, 10);
  });

  it("returns no usage if one request has none, because a partial sum would be wrong", async () => {
    let count = 0;
    const { provider } = endpoint((body) => (count++ === 1 ? { ...body, usage: undefined } : body));
    expect(await provider.embed({ model: "e", input: ["1", "2", "3", "4", "5"] })).not.toHaveProperty("usage");
  });

  it("prefers the endpoint's own cost", async () => {
    const { provider } = endpoint((body) => ({ ...body, usage: { prompt_tokens: 1, cost: 0.5 } }));
    expect((await provider.embed({ model: "e", input: ["1", "2", "3"] })).usage).toEqual({ inputTokens: 2, cost: 1 });
  });

  it("reports a change once for all requests", async () => {
    const { provider, bodies } = endpoint((body) => body);
    const { changes } = await provider.embed({ model: "e", input: ["1", "2", "3"], user: "\uDE00" });
    expect(bodies.map(({ user }) => user)).toEqual(["\uFFFD", "\uFFFD"]);
    expect(changes).toMatchObject([{ parameter: "user", action: "mapped" }]);
  });

  it.each<[string, Partial<Definition>, RegExp, RegExp]>([
    ["a definition without `embeddings`", { embeddings: undefined }, /not known to serve embeddings/, /maxInputs/],
    [
      "a dialect without embeddings",
      { dialect: { ...chatCompletions(), embeddings: undefined } },
      /wire format .* no embeddings/,
      /docs/,
    ],
  ])("is refused before sending by %s", async (_, facts, message, hint) => {
    const { provider, bodies } = endpoint(undefined, facts);
    const error = await failure(provider.embed({ model: "e", input: "1" }));
    expect(error.code).toBe("unsupported-parameter");
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
    expect(bodies).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ input: "x" }, "invalid-request"],
    [{ model: "e" }, "invalid-request"],
    [{ model: "e", input: [] }, "invalid-request"],
    [{ model: "e", input: ["x", 1] }, "invalid-request"],
    [{ model: "e", input: [[1, 2]] }, "invalid-request"],
    [undefined, "invalid-request"],
    [{ model: "e", input: "x", encoding_format: "base64" }, "unsupported-parameter"],
  ])("refuses %j", async (request, code) => {
    const { provider, bodies } = endpoint();
    expect((await failure(provider.embed(request as EmbedRequest))).code).toBe(code);
    expect(bodies).toEqual([]);
  });

  it("refuses a retired model only with onUnsupported: error", async () => {
    const { fetch } = fakeFetch({ body: '{"data":[{"embedding":[1]}]}' });
    const request = { model: "acme-1", input: "x" };
    expect((await acme({ embeddings }, { fetch }).embed(request)).embeddings).toEqual([[1]]);
    const strict = acme({ embeddings }, { fetch, onUnsupported: "error" });
    expect((await failure(strict.embed(request))).code).toBe("model-retired");
  });

  it.each<[string, unknown]>([
    ["too few", { data: [{ index: 0, embedding: [1] }] }],
    ["too many", { data: [0, 1, 2].map((index) => ({ index, embedding: [1] })) }],
    ["a repeated index", { data: [0, 0].map((index) => ({ index, embedding: [1] })) }],
    ["base64", { data: [0, 1].map((index) => ({ index, embedding: "AACAPw==" })) }],
    ["an empty vector", { data: [0, 1].map((index) => ({ index, embedding: [] })) }],
    ["a string in a vector", { data: [0, 1].map((index) => ({ index, embedding: [1, "2"] })) }],
    ["a huge index", { data: [0, 4e9].map((index) => ({ index, embedding: [1] })) }],
    ["no list", { data: { embedding: [1] } }],
    ["a list of nulls", { data: [null, null] }],
    ["null", null],
  ])("throws rather than return wrong vectors: %s", async (_, body) => {
    const error = await failure(endpoint(() => body).provider.embed({ model: "e", input: ["1", "2"] }));
    expect(error).toMatchObject({ code: "invalid-response", retryable: false, status: 200 });
  });

  it("quotes an unexpected answer of the endpoint", async () => {
    const told = endpoint(() => ({ error: { message: "No such model here.", code: "model_not_found" } }));
    expect(await failure(told.provider.embed({ model: "e", input: "1" }))).toMatchObject({
      code: "not-found",
      message: "No such model here.",
    });
  });

  it("retries each request separately, like a chat", async () => {
    const answers = [
      { body: '{"data":[{"embedding":[1]},{"embedding":[2]}]}' },
      { status: 503 },
      { body: '{"data":[{"embedding":[3]}]}' },
    ];
    const { fetch, calls } = fakeFetch(...answers);
    const result = await acme({ embeddings }, { fetch, maxRetries: 1, maxWait: 0 }).embed({
      model: "e",
      input: ["1", "2", "3"],
    });
    expect(result.embeddings).toEqual([[1], [2], [3]]);
    expect(calls).toHaveLength(3);
  });
});

describe("embed with withFallback", () => {
  const busy = (id: string) => acme({ id, embeddings }, { ...fakeFetch({ status: 503 }), maxRetries: 0 });

  it("moves on to the same model at another target", async () => {
    const { provider, bodies } = endpoint();
    const all = withFallback([
      { provider: busy("first"), model: "e" },
      { provider, model: "e" },
    ]);
    expect((await all.embed({ model: "any", input: "7" })).embeddings).toEqual([[7, 0]]);
    expect(bodies).toMatchObject([{ model: "e" }]);
  });

  it("never moves on to another model, whatever the order", async () => {
    const { provider, bodies } = endpoint();
    const targets = [busy("first"), { provider, model: "other" }];
    for (const order of [undefined, () => targets.toReversed()]) {
      const all = withFallback(targets, { ...(order && { order }) });
      expect((await failure(all.embed({ model: "e", input: "7" }))).provider).toBe("first");
    }
    expect(bodies).toEqual([]);
  });
});
