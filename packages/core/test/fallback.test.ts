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
  it("asks the first target, and reports nothing if it answers", async () => {
    const second = provider("second", whole("no"));
    const both = withFallback([provider("first", whole("yes")).provider, second.provider]);
    const result = await both.chat(hello);
    expect(result).toMatchObject({ text: "yes", metadata: {} });
    expect(result.metadata).toEqual({});
    expect(second.models).toEqual([]);
  });

  it("sends a bare provider the request's model, and a target its own model", async () => {
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
  ])("after %s it moves on: %s", async (code, moves) => {
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

  it("streams from the target that answers, and names it in the result", async () => {
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

  it("moves on only before the first content", async () => {
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

  it("throws the last error with the earlier failures if all targets fail", async () => {
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

  it("has the id, prepare and models of the first target", async () => {
    const first = provider("first", { body: '{"data":[{"id":"m"}]}' });
    const seen = acme({ id: "first" }, { fetch: fakeFetch({ body: '{"data":[{"id":"m"}]}' }).fetch });
    const both = withFallback([{ provider: seen, model: "own" }, provider("second", whole("")).provider]);
    expect(both.id).toBe("first");
    expect(both.prepare(hello)).toEqual(seen.prepare({ ...hello, model: "own" }));
    expect(await both.models()).toEqual([{ id: "m" }]);
    expect(first.models).toEqual([]);
  });

  it("is a provider and can be nested", async () => {
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

  it("is lazy, allows one loop and aborts when the loop is left, like every stream", async () => {
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

  it("passes the signal on", async () => {
    const controller = new AbortController();
    controller.abort();
    const both = withFallback([provider("first", whole("")).provider, provider("second", whole("")).provider]);
    expect((await failure(both.chat(hello, { signal: controller.signal }))).code).toBe("aborted");
    expect((await failure(both.stream(hello, { signal: controller.signal }).result)).code).toBe("aborted");
  });

  it("requires a target", () => {
    expect(() => withFallback([])).toThrow(TypeError);
  });
});

/** Counts the timers that keep the process alive. */
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

describe("withFallback: first content", () => {
  const silent = (id: string, pieces: string[] = [], onCancel?: () => void) =>
    provider(id, { body: pieces, ending: "hang", ...(onCancel && { onCancel }) }).provider;
  const start = sse({ id: "c0", model: "silent-model", choices: [{ index: 0, delta: { role: "assistant" } }] });

  it.each([
    ["says nothing", []],
    ["only begins", [start]],
  ])("cancels a target that %s and moves on", async (_, pieces) => {
    let isCancelled = false;
    const before = timers();
    const both = withFallback(
      [silent("first", pieces, () => (isCancelled = true)), provider("second", streamed("yes")).provider],
      {
        firstContent: 30,
      },
    );
    const stream = both.stream(hello);
    const { events } = await readEvents(stream);
    expect(events).toMatchObject([
      { type: "start", model: "acme-2" },
      { type: "text", text: "yes" },
      { type: "finish" },
    ]);
    const failures = (await stream.result).metadata["fallback"];
    expect(failures).toMatchObject([
      { provider: "first", code: "timeout", message: "first sent no content within 30 ms." },
    ]);
    await new Promise((resolve) => setTimeout(resolve));
    expect(isCancelled).toBe(true);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it.each<[string, object]>([
    ["text", delta({ content: "a" })],
    ["reasoning", delta({ reasoning: "a" })],
    ["a tool call", delta({ tool_calls: [{ index: 0, id: "t", function: { name: "f", arguments: "{" } }] })],
    ["an image", delta({ images: [{ image_url: { url: "data:image/png;base64,AA==" } }] })],
  ])("stays with a target after %s, even if it falls silent", async (_, chunk) => {
    const second = provider("second", streamed("no"));
    const both = withFallback([silent("first", [start, sse(chunk)]), second.provider], { firstContent: 30 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 120);
    const { error } = await readEvents(both.stream(hello, { signal: controller.signal }));
    expect(error).toMatchObject({ code: "aborted" });
    expect(second.models).toEqual([]);
  });

  it("drops the held events of a target that fails after them", async () => {
    const broken = provider("first", { body: [start], ending: new Error("reset") }).provider;
    const { events } = await readEvents(
      withFallback([broken, provider("second", streamed("yes")).provider]).stream(hello),
    );
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "finish"]);
    expect(events[0]).toMatchObject({ model: "acme-2" });
  });

  it("accepts an answer that ends without content", async () => {
    const second = provider("second", streamed("no"));
    const empty = provider("first", { body: sse(finish(), done) }).provider;
    const { events } = await readEvents(withFallback([empty, second.provider], { firstContent: 1000 }).stream(hello));
    expect(events.map(({ type }) => type)).toEqual(["start", "finish"]);
    expect(second.models).toEqual([]);
  });

  it("moves on from a provider that ignores its signal", async () => {
    const deaf: Provider = {
      ...provider("first", whole("")).provider,
      stream: () => ({
        get result() {
          return new Promise<never>(() => {});
        },
        [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
      }),
    };
    const both = withFallback([deaf, provider("second", streamed("yes")).provider], { firstContent: 20 });
    expect((await both.stream(hello).result).text).toBe("yes");
  });

  it("cancels the running target when it is aborted or left", async () => {
    for (const how of ["signal", "loop"] as const) {
      let isCancelled = false;
      const before = timers();
      const second = provider("second", streamed("no"));
      const pieces = how === "loop" ? [start, sse(delta({ content: "a" }))] : [start];
      const both = withFallback([silent("first", pieces, () => (isCancelled = true)), second.provider], {
        firstContent: 60_000,
      });
      const controller = new AbortController();
      const stream = both.stream(hello, { signal: controller.signal });
      if (how === "signal") setTimeout(() => controller.abort(), 10);
      let thrown: unknown;
      try {
        for await (const { type } of stream) if (type === "text") break;
      } catch (error) {
        thrown = error;
      }
      if (how === "signal") expect(thrown).toMatchObject({ code: "aborted" });
      expect((await failure(stream.result)).code).toBe("aborted");
      await new Promise((resolve) => setTimeout(resolve));
      expect({ how, isCancelled }).toEqual({ how, isCancelled: true });
      expect(second.models).toEqual([]);
      expect(timers()).toBeLessThanOrEqual(before);
    }
  });
});

describe("withFallback: context overflow", () => {
  const tooLong = {
    status: 400,
    body: JSON.stringify({ error: { message: "Too long", code: "context_length_exceeded" } }),
  };
  const sized = (id: string, context: number | undefined, answer: FakeAnswer) => {
    const { fetch, calls } = fakeFetch(answer);
    const models = { "acme-2": { ...(context !== undefined && { context }), source: "docs" } };
    return { provider: acme({ id, models }, { fetch, maxRetries: 0 }), calls };
  };

  it("moves on only to a model with a larger known context", async () => {
    const all = [
      sized("first", 100, tooLong),
      sized("same", 100, whole("no")),
      sized("unknown", undefined, whole("no")),
      sized("larger", 200, tooLong),
      sized("between", 150, whole("no")),
      sized("largest", 300, whole("yes")),
    ];
    const result = await withFallback(all.map((one) => one.provider)).chat(hello);
    expect(result.text).toBe("yes");
    expect(all.map(({ calls }) => calls.length)).toEqual([1, 0, 0, 1, 0, 1]);
    expect(result.metadata["fallback"]).toMatchObject([
      { provider: "first", code: "context-overflow" },
      { provider: "larger", code: "context-overflow" },
    ]);
  });

  it("fails if no model has a larger known context", async () => {
    for (const [first, second] of [
      [100, 100],
      [100, undefined],
      [undefined, 100],
    ] as const) {
      const other = sized("second", second, whole("no"));
      const error = await failure(withFallback([sized("first", first, tooLong).provider, other.provider]).chat(hello));
      expect(error).toMatchObject({ code: "context-overflow", provider: "first" });
      expect(other.calls).toEqual([]);
    }
  });
});

describe("withFallback: rounds, order, observers", () => {
  const busy: FakeAnswer = { status: 503, body: bodyOf("Busy") };
  const broke: FakeAnswer = { status: 402, body: bodyOf("Pay") };

  it("asks only targets with a retryable failure again", async () => {
    const first = provider("first", broke);
    const second = provider("second", busy, whole("yes"));
    const result = await withFallback([first.provider, second.provider], { rounds: 3 }).chat(hello);
    expect(result.text).toBe("yes");
    expect([first.models.length, second.models.length]).toEqual([1, 2]);
    expect(result.metadata["fallback"]).toMatchObject([
      { provider: "first", code: "quota" },
      { provider: "second", code: "overloaded" },
    ]);
  });

  it("goes through the list as often as configured", async () => {
    for (const rounds of [1, 2, 3]) {
      const first = provider("first", busy);
      const second = provider("second", broke);
      const error = await failure(withFallback([first.provider, second.provider], { rounds }).chat(hello));
      expect(error.metadata?.["fallback"]).toHaveLength(rounds);
      expect([first.models.length, second.models.length]).toEqual([rounds, 1]);
    }
  });

  it("asks the targets that `order` returns, in that order", async () => {
    const targets = ["first", "second", "third"].map((id) => provider(id, busy));
    const seen: unknown[] = [];
    const all = withFallback(
      targets.map((one) => one.provider),
      {
        order(request, given) {
          seen.push([request.model, given.length]);
          return [given[2]!, given[0]!];
        },
      },
    );
    expect(await failure(all.chat(hello))).toMatchObject({
      provider: "first",
      metadata: { fallback: [{ provider: "third" }] },
    });
    await failure(all.stream(hello).result);
    expect(seen).toEqual([
      ["acme-2", 3],
      ["acme-2", 3],
    ]);
    expect(targets.map(({ models }) => models.length)).toEqual([2, 0, 2]);
  });

  it("throws if `order` returns no target, and rethrows its errors", async () => {
    const { provider: only } = provider("first", whole("yes"));
    const none = withFallback([only], { order: () => [] });
    for (const asked of [none.chat(hello), none.stream(hello).result, none.embed({ model: "m", input: "x" })])
      expect(await failure(asked)).toMatchObject({
        code: "invalid-request",
        message: "No target is left for this request.",
      });
    const wrong = withFallback([only], {
      order: () => {
        throw new RangeError("mine");
      },
    });
    await expect(wrong.chat(hello)).rejects.toThrow(RangeError);
    await expect(wrong.stream(hello).result).rejects.toThrow(RangeError);
  });

  it("reports attempts to both observers with the target's index", async () => {
    const told: unknown[] = [];
    const all = withFallback(
      [
        provider("first", whole("")).provider,
        provider("second", busy).provider,
        provider("third", whole("yes"), streamed("yes")).provider,
      ],
      {
        order: (_, [__, second, third]) => [second!, third!],
        onAttempt: ({ target, attempt, status }) => told.push([target, attempt, status]),
      },
    );
    const own: (number | undefined)[] = [];
    await all.chat(hello, { onAttempt: ({ status }) => own.push(status) });
    await all.stream(hello, { onAttempt: () => expect.fail("from the observer") }).result;
    expect(told).toEqual([
      [1, 1, 503],
      [2, 1, 200],
      [1, 1, 503],
      [2, 1, 200],
    ]);
    expect(own).toEqual([503, 200]);
  });

  it("passes the options of the call on", async () => {
    const { fetch, calls } = fakeFetch(busy);
    const both = withFallback([acme({ id: "first" }, { fetch }), acme({ id: "second" }, { fetch })]);
    await failure(both.chat(hello, { headers: { "x-call": "1" }, maxRetries: 0 }));
    expect(calls).toHaveLength(2);
    for (const { init } of calls) expect(init.headers).toMatchObject({ "x-call": "1" });
    expect(both.prepare(hello, { headers: { "x-call": "1" } }).headers).toMatchObject({ "x-call": "1" });
  });

  it("has no definition, because it has several endpoints", () => {
    expect(withFallback([provider("first", busy).provider]).definition).toBeUndefined();
  });
});
