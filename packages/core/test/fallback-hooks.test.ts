import { ProviderError, type ChatStream, type Provider } from "@llm-provider/core";
import { createFallback, readBatches, type FallbackHooks } from "@llm-provider/core/internal";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { completion, delta, done, fakeFetch, finish, sse, type FakeAnswer } from "./support/fake-fetch.ts";
import { failure } from "./support/read-events.ts";

const busy: FakeAnswer = { status: 503, body: '{"error":{"message":"Busy"}}' };
const whole: FakeAnswer = { body: JSON.stringify(completion({ content: "yes" })) };

function target(id: string, ...answers: FakeAnswer[]): { provider: Provider; asked: () => number } {
  const { fetch, calls } = fakeFetch(...answers);
  return { provider: acme({ id }, { fetch, maxRetries: 0 }), asked: () => calls.length };
}

/** A fallback over failing targets and one that answers, with the calls of its hooks. */
function over(targets: readonly { provider: Provider }[], hooks: FallbackHooks) {
  const told: string[] = [];
  const provider = createFallback(
    targets.map((one) => one.provider),
    {
      ...hooks,
      settle: (aimed, error) => told.push(`${aimed.index} ${aimed.provider.id} ${error?.code ?? "well"}`),
    },
  );
  return { provider, told };
}

describe("createFallback", () => {
  it("reports the outcome of each target once, and asks only admitted targets", async () => {
    const all = [target("first", busy), target("second", whole), target("third", busy), target("fourth", whole)];
    for (const admit of [(index: number) => index !== 1, async (index: number) => index !== 1]) {
      const { provider, told } = over(all, { admit: ({ index }) => admit(index) });
      expect((await provider.chat(hello)).message.provider).toBe("fourth");
      expect(told).toEqual(["0 first overloaded", "2 third overloaded", "3 fourth well"]);
    }
    expect(all[1]!.asked()).toBe(0);
  });

  it("throws the error of `refuse` if no target was admitted, else the last error", async () => {
    const refuse = () => new ProviderError("Nobody.", { code: "overloaded", provider: "gateway" });
    const all = [target("first", busy), target("second", whole)];
    const none = over(all, { admit: () => false, refuse });
    for (const asked of [none.provider.chat(hello), none.provider.stream(hello).result])
      expect(await failure(asked)).toMatchObject({ message: "Nobody.", provider: "gateway" });
    const some = over(all, { admit: ({ index }) => index === 0, refuse });
    expect(await failure(some.provider.chat(hello))).toMatchObject({ message: "Busy", provider: "first" });
    expect(none.told).toEqual([]);
  });

  it("waits for `pause` before each round, and ends if it returns nothing", async () => {
    const first = target("first", busy, whole);
    const seen: string[] = [];
    const { provider } = over([first], {
      rounds: 2,
      pause(again) {
        seen.push(...again.map((one) => `${one.target.provider.id} ${one.error.code}`));
        return 40;
      },
    });
    const before = performance.now();
    expect((await provider.chat(hello)).text).toBe("yes");
    expect(performance.now() - before).toBeGreaterThanOrEqual(38);
    expect(seen).toEqual(["first overloaded"]);
    const never = target("never", busy);
    await failure(over([never], { rounds: 3, pause: () => undefined }).provider.chat(hello));
    expect(never.asked()).toBe(1);
  });

  it("stops waiting when the caller aborts", async () => {
    const controller = new AbortController();
    const first = target("first", busy);
    const { provider } = over([first], { rounds: 2, pause: () => 60_000 });
    setTimeout(() => controller.abort(), 20);
    expect(await failure(provider.chat(hello, { signal: controller.signal }))).toMatchObject({ code: "aborted" });
    expect(first.asked()).toBe(1);
  });

  it("moves on if `movesOn` says so", async () => {
    const wrong = target("first", { status: 401, body: '{"error":{"message":"Wrong key"}}' });
    const { provider, told } = over([wrong, target("second", whole)], {
      movesOn: ({ code }) => code === "invalid-key",
    });
    expect((await provider.chat(hello)).text).toBe("yes");
    expect(told).toEqual(["0 first invalid-key", "1 second well"]);
  });

  it("settles the running target when the caller aborts", async () => {
    const silent = target("first", { body: [], ending: "hang" });
    const controller = new AbortController();
    const { provider, told } = over([silent], {});
    setTimeout(() => controller.abort(), 10);
    expect(await failure(provider.stream(hello, { signal: controller.signal }).result)).toMatchObject({
      code: "aborted",
    });
    expect(told).toEqual(["0 first aborted"]);
  });
});

describe("readBatches", () => {
  const streamed = (): ChatStream =>
    acme(
      {},
      {
        fetch: fakeFetch({
          body: [sse(delta({ content: "a" }), delta({ content: "b" })), sse(delta({ content: "c" }), finish(), done)],
        }).fetch,
      },
    ).stream(hello);

  it("yields the events of one read together, and the result after them", async () => {
    const stream = streamed();
    const reader = readBatches(stream);
    const batches: string[][] = [];
    for (let events = await reader.next(); events; events = await reader.next())
      batches.push(events.map((event) => (event.type === "text" ? event.text : event.type)));
    expect(batches).toEqual([
      ["start", "a", "b"],
      ["c", "finish"],
    ]);
    expect(await reader.next()).toBeUndefined();
    expect((await stream.result).text).toBe("abc");
    expect(() => stream[Symbol.asyncIterator]()).toThrow(TypeError);
  });

  it("keeps the events that a result has read before", async () => {
    const stream = streamed();
    await stream.result;
    const reader = readBatches(stream);
    expect((await reader.next())!.map(({ type }) => type)).toEqual(["start", "text", "text", "text", "finish"]);
    expect(await reader.next()).toBeUndefined();
  });

  it("reads a foreign stream event by event and can leave it", async () => {
    let isLeft = false;
    const foreign = {
      result: Promise.reject(new Error("never")),
      async *[Symbol.asyncIterator]() {
        try {
          yield { type: "text" as const, text: "a" };
          yield { type: "text" as const, text: "b" };
        } finally {
          isLeft = true;
        }
      },
    };
    foreign.result.catch(() => {});
    const reader = readBatches(foreign as unknown as ChatStream);
    expect(await reader.next()).toEqual([{ type: "text", text: "a" }]);
    expect(reader.changes()).toEqual([]);
    reader.leave();
    await Promise.resolve();
    expect(isLeft).toBe(true);
  });

  it("knows the changes of the request as soon as there are events", async () => {
    const parameters = { seed: { rejected: 400, source: "docs" } };
    const { fetch } = fakeFetch({ body: [sse(delta({ content: "a" }), finish(), done)] });
    const reader = readBatches(acme({ parameters }, { fetch }).stream({ ...hello, seed: 1 }));
    await reader.next();
    expect(reader.changes()).toMatchObject([{ parameter: "seed", action: "dropped" }]);
    const fallback = createFallback([acme({ parameters }, { fetch })], {});
    const through = readBatches(fallback.stream({ ...hello, seed: 1 }));
    await through.next();
    expect(through.changes()).toMatchObject([{ parameter: "seed", action: "dropped" }]);
  });

  it("rejects like a loop, after the events before the error", async () => {
    const { fetch } = fakeFetch({ body: [sse(delta({ content: "a" }))], ending: new Error("reset") });
    const reader = readBatches(acme({}, { fetch, maxRetries: 0 }).stream(hello));
    expect((await reader.next())!.map(({ type }) => type)).toEqual(["start", "text"]);
    await expect(reader.next()).rejects.toMatchObject({ code: "network" });
  });
});
