import type { Definition, Usage } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { completion, delta, fakeFetch, finish, sse } from "./support/fake-fetch.ts";

type Price = NonNullable<Definition["models"][string]["price"]>;

const million = { prompt_tokens: 1_000_000, completion_tokens: 1_000_000, total_tokens: 2_000_000 };
const cached = (count: number) => ({ ...million, prompt_tokens_details: { cached_tokens: count } });

/** Returns the cost of one answer. */
async function cost(
  price: Price | undefined,
  usage: object,
  answer: object = {},
  request: object = {},
): Promise<number | undefined> {
  const models: Definition["models"] = {
    "acme-2": { ...(price && { price }), source: "docs" },
    "acme-1": { price: { input: 100, output: 100 }, source: "docs" },
  };
  const { fetch } = fakeFetch({ body: JSON.stringify(completion({ content: "Hi" }, "stop", { usage, ...answer })) });
  return (await acme({ models }, { fetch }).chat({ ...hello, ...request })).usage?.cost;
}

describe("the cost", () => {
  it("is the price per million tokens times input and output tokens", async () => {
    expect(await cost({ input: 1, output: 3 }, million)).toBe(4);
    expect(await cost({ input: 0.5, output: 2 }, { prompt_tokens: 10, completion_tokens: 5 })).toBeCloseTo(
      0.000015,
      12,
    );
    expect(await cost({ input: 0, output: 0 }, million)).toBe(0);
  });

  it("counts cached tokens at their own price", async () => {
    expect(await cost({ input: 1, output: 3, cached: 0.1 }, cached(500_000))).toBeCloseTo(0.5 + 0.05 + 3, 10);
    expect(await cost({ input: 1, output: 3 }, cached(0))).toBe(4);
  });

  it("uses the price tier for the number of input tokens", async () => {
    const tiers = [
      { above: 200_000, input: 2, output: 4 },
      { above: 500_000, input: 5, output: 5 },
    ];
    expect(await cost({ input: 1, output: 3, tiers }, million)).toBe(10);
    const small = { prompt_tokens: 200_000, completion_tokens: 0, total_tokens: 200_000 };
    expect(await cost({ input: 1, output: 3, tiers }, small)).toBeCloseTo(0.2, 10);
    expect(
      await cost({ input: 1, output: 3, tiers }, { ...small, prompt_tokens: 200_001, total_tokens: 200_001 }),
    ).toBeCloseTo(0.400002, 10);
  });

  it("is the endpoint's own cost if there is one", async () => {
    expect(await cost(undefined, { ...million, cost: 0.25 })).toBe(0.25);
    expect(await cost({ input: 1, output: 3 }, { ...million, cost: 0 })).toBe(0);
  });

  it("is the same in the finish event and the result of a stream", async () => {
    const models: Definition["models"] = { "acme-2": { price: { input: 1, output: 3 }, source: "docs" } };
    const { fetch } = fakeFetch({ body: sse(delta({ content: "Hi" }), finish("stop", { usage: million })) });
    const stream = acme({ models }, { fetch }).stream(hello);
    let usage: Usage | undefined;
    for await (const event of stream) if (event.type === "finish") usage = event.usage;
    expect(usage?.cost).toBe(4);
    expect((await stream.result).usage?.cost).toBe(4);
  });

  it.each<[string, Price | undefined, object, object?, object?]>([
    ["no price is known", undefined, million],
    ["the price has peak hours", { input: 1, output: 3, peak: { input: 2, output: 6 } }, million],
    ["cache writes cost extra and their number is unknown", { input: 1, output: 3, cacheWrite: 2 }, million],
    ["cached tokens have no price", { input: 1, output: 3 }, cached(10)],
    ["there are more cached tokens than input tokens", { input: 1, output: 3, cached: 0 }, cached(2_000_000)],
    ["another model of the catalogue answered", { input: 1, output: 3 }, million, { model: "acme-1" }],
    ["the request asked for a tier", { input: 1, output: 3 }, million, {}, { service_tier: "flex" }],
    ["the answer names a tier", { input: 1, output: 3 }, million, { service_tier: "priority" }],
    ["tokens are missing", { input: 1, output: 3 }, { total_tokens: 10 }],
    ["the total is not the sum of input and output", { input: 1, output: 3 }, { ...million, total_tokens: 2_500_000 }],
  ])("is left out if %s", async (_, price, usage, answer, request) => {
    expect(await cost(price, usage, answer, request)).toBeUndefined();
  });

  it.each([
    { service_tier: "default" },
    { service_tier: "auto" },
    { service_tier: "on_demand" },
    { service_tier: "standard" },
    { service_tier: null },
  ])("is given for the standard service tier: %j", async (tier) => {
    expect(await cost({ input: 1, output: 3 }, million, tier)).toBe(4);
    expect(await cost({ input: 1, output: 3 }, million, {}, tier)).toBe(4);
  });

  it.each([
    ["its own name", "acme-latest", "acme-latest", 4],
    ["the name of the model", "acme-latest", "acme-2", 4],
    ["a dated name of the model", "acme-latest", "acme-2-2026-10-01", 4],
    ["a newer model", "acme-latest", "acme-3", undefined],
    ["another model of the catalogue", "acme-latest", "acme-1", undefined],
    ["the alias, if the request named the model", "acme-2", "acme-latest", 4],
    ["the alias of another model", "acme-1", "acme-latest", undefined],
  ])("for an alias is right if the answer names %s", async (_, model, answered, expected) => {
    const models: Definition["models"] = {
      "acme-2": { price: { input: 1, output: 3 }, source: "docs" },
      "acme-1": { price: { input: 100, output: 100 }, source: "docs" },
      "acme-latest": { aliasOf: "acme-2", source: "docs" },
    };
    const body = completion({ content: "Hi" }, "stop", { usage: million, model: answered });
    const { fetch } = fakeFetch({ body: JSON.stringify(body) });
    expect((await acme({ models }, { fetch }).chat({ ...hello, model })).usage?.cost).toBe(expected);
  });

  it("is given if the answer has a dated name of the model", async () => {
    expect(await cost({ input: 1, output: 3 }, million, { model: "acme-2-2026-10-01" })).toBe(4);
  });
});
