import { type ErrorCode, type Provider, ProviderError, withFallback } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { completion, delta, done, fakeFetch, finish, sse, type FakeAnswer } from "./support/fake-fetch.ts";
import { failure, readEvents } from "./support/read-events.ts";

const whole = (text: string): FakeAnswer => ({ body: JSON.stringify(completion({ content: text })) });
const streamed = (text: string): FakeAnswer => ({ body: sse(delta({ content: text }), finish(), done) });

function provider(id: string, ...answers: (FakeAnswer | Error)[]): { provider: Provider; models: string[] } {
  const { fetch } = fakeFetch(...answers);
  const models: string[] = [];
  const noting: typeof fetch = (url, init) => {
    models.push((JSON.parse(init.body as string) as { model: string }).model);
    return fetch(url, init);
  };
  return { provider: acme({ id, baseURL: `https://${id}.example` }, { fetch: noting, maxRetries: 0 }), models };
}

const bodyOf = (message: string): string => JSON.stringify({ error: { message } });

describe("withFallback", () => {
  it("asks the first, and says nothing of itself when that answers", async () => {
    const second = provider("second", whole("no"));
    const both = withFallback([provider("first", whole("yes")).provider, second.provider]);
    const result = await both.chat(hello);
    expect(result).toMatchObject({ text: "yes", metadata: {} });
    expect(result.metadata).toEqual({});
    expect(second.models).toEqual([]);
  });

  it("gives a bare provider the request's model, and a target its own", async () => {
    const first = provider("first", { status: 503, body: bodyOf("Busy") });
    const second = provider("second", { status: 429, body: bodyOf("Slow") });
    const third = provider("third", whole("yes"));
    const all = withFallback([
      { provider: first.provider, model: "first/model" },
      { provider: second.provider, model: "second/model" },
      third.provider,
    ]);
    const result = await all.chat(hello);
    expect([first.models, second.models, third.models]).toEqual([["first/model"], ["second/model"], ["acme-2"]]);
    expect(result.text).toBe("yes");
    expect(result.message.provider).toBe("third");
    expect(result.metadata["fallback"]).toEqual([
      { provider: "first", model: "first/model", code: "overloaded", message: "Busy" },
      { provider: "second", model: "second/model", code: "rate-limit", message: "Slow" },
    ]);
  });

  it.each<[ErrorCode, boolean]>([
    ["rate-limit", true],
    ["overloaded", true],
    ["server", true],
    ["network", true],
    ["timeout", true],
    ["quota", true],
    ["missing-key", false],
    ["invalid-key", false],
    ["forbidden", false],
    ["not-found", false],
    ["model-retired", false],
    ["invalid-request", false],
    ["unsupported-parameter", false],
    ["context-overflow", false],
    ["aborted", false],
    ["invalid-response", false],
    ["content-filter", false],
    ["tool-call-invalid", false],
    ["tool-failed", false],
  ])("at %s moves on: %s", async (code, moves) => {
    const error = new ProviderError("W", { code, provider: "first" });
    const failing: Provider = {
      ...provider("first", whole("")).provider,
      chat: () => Promise.reject(error),
      stream: () => ({
        get result() {
          return Promise.reject(error);
        },
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }),
      }),
    };
    const both = withFallback([failing, provider("second", whole("yes"), streamed("yes")).provider]);
    if (moves) {
      expect((await both.chat(hello)).text).toBe("yes");
      const { events } = await readEvents(both.stream(hello));
      expect(events.map(({ type }) => type)).toEqual(["start", "text", "finish"]);
    } else {
      expect(await failure(both.chat(hello))).toBe(error);
      expect((await readEvents(both.stream(hello))).error).toBe(error);
    }
  });

  it("streams from the one that answers, and says so in the result", async () => {
    const both = withFallback([
      provider("first", { status: 503, body: bodyOf("Busy") }).provider,
      provider("second", streamed("yes")).provider,
    ]);
    const stream = both.stream(hello);
    const { events } = await readEvents(stream);
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "finish"]);
    expect((await stream.result).metadata["fallback"]).toMatchObject([{ provider: "first", code: "overloaded" }]);
    expect((await both.stream(hello).result).metadata["fallback"]).toHaveLength(1);
  });

  it("moves on before the first event only", async () => {
    const second = provider("second", streamed("no"));
    const both = withFallback([
      provider("first", { body: [sse(delta({ content: "a" }))], ending: new Error("reset") }).provider,
      second.provider,
    ]);
    const { events, error } = await readEvents(both.stream(hello));
    expect(events.map(({ type }) => type)).toEqual(["start", "text"]);
    expect(error).toMatchObject({ code: "network", provider: "first" });
    expect(second.models).toEqual([]);
  });

  it("that runs out throws the last error, with who failed before it", async () => {
    const both = withFallback([
      provider("first", { status: 503, body: bodyOf("Busy") }).provider,
      provider("second", { status: 429, headers: { "retry-after": "7" }, body: bodyOf("Slow") }).provider,
    ]);
    const error = await failure(both.chat(hello));
    expect(error).toMatchObject({
      code: "rate-limit",
      provider: "second",
      message: "Slow",
      status: 429,
      retryAfter: 7000,
      metadata: { fallback: [{ provider: "first", code: "overloaded", message: "Busy" }] },
    });
    expect((await readEvents(both.stream(hello))).error).toMatchObject({ provider: "second" });
  });

  it("has the id, prepare and models of the first", async () => {
    const first = provider("first", { body: '{"data":[{"id":"m"}]}' });
    const seen = acme({ id: "first" }, { fetch: fakeFetch({ body: '{"data":[{"id":"m"}]}' }).fetch });
    const both = withFallback([{ provider: seen, model: "own" }, provider("second", whole("")).provider]);
    expect(both.id).toBe("first");
    expect(both.prepare(hello)).toEqual(seen.prepare({ ...hello, model: "own" }));
    expect(await both.models()).toEqual([{ id: "m" }]);
    expect(first.models).toEqual([]);
  });

  it("is a provider itself, and can be nested", async () => {
    const inner = withFallback([
      provider("first", { status: 503 }).provider,
      provider("second", { status: 503 }).provider,
    ]);
    const outer = withFallback([
      inner,
      { provider: provider("third", whole("yes"), streamed("yes")).provider, model: "m" },
    ]);
    expect((await outer.chat(hello)).text).toBe("yes");
    expect((await outer.stream(hello).result).text).toBe("yes");
  });

  it("keeps the rules of every stream: nothing sent unasked, one loop, aborted when left", async () => {
    let isCancelled = false;
    const first = provider("first", { status: 503 });
    const { fetch } = fakeFetch({
      body: [sse(delta({ content: "a" }))],
      ending: "hang",
      onCancel: () => (isCancelled = true),
    });
    const both = withFallback([first.provider, acme({}, { fetch })]);
    const stream = both.stream(hello);
    await new Promise((resolve) => setTimeout(resolve));
    expect(first.models).toEqual([]);
    for await (const _ of stream) break;
    expect((await failure(stream.result)).code).toBe("aborted");
    expect(() => stream[Symbol.asyncIterator]()).toThrow(TypeError);
    await new Promise((resolve) => setTimeout(resolve));
    expect(isCancelled).toBe(true);
  });

  it("hands the signal on", async () => {
    const controller = new AbortController();
    controller.abort();
    const both = withFallback([provider("first", whole("")).provider, provider("second", whole("")).provider]);
    expect((await failure(both.chat(hello, { signal: controller.signal }))).code).toBe("aborted");
    expect((await failure(both.stream(hello, { signal: controller.signal }).result)).code).toBe("aborted");
  });

  it("wants a target", () => {
    expect(() => withFallback([])).toThrow(TypeError);
  });
});
