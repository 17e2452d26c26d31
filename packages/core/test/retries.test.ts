import type { Definition, ProviderOptions } from "@llm-provider/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { completion, delta, done, fakeFetch, finish, sse, type FakeAnswer } from "./support/fake-fetch.ts";
import { failure, readEvents } from "./support/read-events.ts";

const ok: FakeAnswer = { body: JSON.stringify(completion({ content: "Hi" })) };
const busy = (headers: Record<string, string> = {}, body = ""): FakeAnswer => ({ status: 429, headers, body });

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-22T12:00:00Z") });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function start(answers: (FakeAnswer | Error)[], options: ProviderOptions = {}, facts: Partial<Definition> = {}) {
  const { fetch, calls } = fakeFetch(...answers);
  const provider = acme(facts, { fetch, ...options });
  const outcome = provider.chat(hello).then(
    (result) => result.text,
    (error: { code: string }) => error,
  );
  return { outcome, calls };
}

/** Returns the wait before the second request in milliseconds. */
async function waited(headers: Record<string, string>, body = "", facts: Partial<Definition> = {}): Promise<number> {
  const began = Date.now();
  const { outcome, calls } = start([busy(headers, body), ok], {}, facts);
  while (calls.length < 2) await vi.advanceTimersToNextTimerAsync();
  const wait = Date.now() - began;
  expect(await outcome).toBe("Hi");
  return wait;
}

describe("the endpoint's own wait", () => {
  it.each<[string, Record<string, string>, number]>([
    ["Retry-After in seconds", { "retry-after": "3" }, 3000],
    ["Retry-After in fractions of a second", { "Retry-After": "0.25" }, 250],
    ["Retry-After of 0", { "retry-after": "0" }, 0],
    ["Retry-After as a date", { "retry-after": "Sun, 22 Nov 2026 12:00:07 GMT" }, 7000],
    ["Retry-After as a past date", { "retry-after": "Sun, 22 Nov 2026 11:00:00 GMT" }, 0],
    ["retry-after-ms", { "retry-after-ms": "40" }, 40],
    ["retry-after-ms before Retry-After", { "retry-after-ms": "40", "retry-after": "3" }, 40],
    ["Retry-After with an invalid retry-after-ms", { "retry-after-ms": "soon", "retry-after": "3" }, 3000],
    ["Retry-After of exactly maxWait", { "retry-after": "60" }, 60_000],
  ])("is honoured: %s", async (_, headers, wanted) => {
    expect(await waited(headers)).toBe(wanted);
  });

  it.each<[string, Record<string, string>]>([
    ["a negative Retry-After", { "retry-after": "-5" }],
    ["a negative retry-after-ms", { "retry-after-ms": "-5" }],
    ["words", { "retry-after": "a while" }],
    ["nothing", { "retry-after": "" }],
    ["no header", {}],
  ])("is replaced by ours if it is missing or invalid: %s", async (_, headers) => {
    // Full jitter with the random number 0.5: half of the first 500 ms.
    expect(await waited(headers)).toBe(250);
  });

  it.each([
    ["Please try again in 2.5s.", 2500],
    ["Please try again in 1m2s.", 60_000 + 2000],
    ["Please try again in 250ms.", 250],
    ["Please try again later.", 250],
  ])("is read from the vendor's text too: %s", async (message, wanted) => {
    const facts = { limits: { waitText: /try again in ((?:\d+(?:\.\d+)?(?:ms|[hms]))+)/ } };
    const body = JSON.stringify({ error: { message } });
    if (wanted <= 60_000) expect(await waited({}, body, facts)).toBe(wanted);
    else {
      const { outcome, calls } = start([busy({}, body), ok], {}, facts);
      expect(await outcome).toMatchObject({ code: "rate-limit", retryAfter: wanted });
      expect(calls).toHaveLength(1);
    }
  });

  it("wins over the vendor's text", async () => {
    const facts = { limits: { waitText: /in (\d+s)/ } };
    expect(await waited({ "retry-after": "1" }, '{"message":"in 9s"}', facts)).toBe(1000);
  });

  it.each([
    [{ "retry-after": "61" }, {}, 61_000],
    [{ "retry-after": "1" }, { maxWait: 999 }, 1000],
    [{ "retry-after": "Sun, 22 Nov 2026 13:00:00 GMT" }, {}, 3_600_000],
  ])("beyond maxWait is thrown with retryAfter, not slept: %j", async (headers, options, retryAfter) => {
    const { outcome, calls } = start([busy(headers), ok], options);
    expect(await outcome).toMatchObject({ code: "rate-limit", retryAfter, retryable: true });
    expect(calls).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("our own wait", () => {
  it("is exponential with full jitter, and never longer than 8 s", async () => {
    const { outcome, calls } = start([busy()], { maxRetries: 7 });
    const waits: number[] = [];
    for (let last = Date.now(); calls.length < 8; last = Date.now()) {
      await vi.advanceTimersToNextTimerAsync();
      waits.push(Date.now() - last);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
    expect(await outcome).toMatchObject({ code: "rate-limit" });
  });

  it("may be 0", async () => {
    vi.mocked(Math.random).mockReturnValue(0);
    const { outcome } = start([busy(), ok]);
    await vi.advanceTimersByTimeAsync(0);
    expect(await outcome).toBe("Hi");
  });

  it("is limited to maxWait, and the request is still retried", async () => {
    const { outcome, calls } = start([busy(), busy(), ok], { maxWait: 10 });
    await vi.advanceTimersByTimeAsync(10);
    expect(await outcome).toBe("Hi");
    expect(calls).toHaveLength(3);
  });
});

describe("a request is retried", () => {
  it.each([408, 409, 425, 429, 500, 502, 503, 504, 529])("after HTTP %d, twice by default", async (status) => {
    const { outcome, calls } = start([{ status }]);
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ status });
    expect(calls).toHaveLength(3);
  });

  it.each([400, 401, 402, 403, 404, 410, 413, 422, 301])("never after HTTP %d", async (status) => {
    const { outcome, calls } = start([{ status }]);
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ status, retryable: false });
    expect(calls).toHaveLength(1);
  });

  it("after a network failure and a timeout", async () => {
    const { outcome, calls } = start([new Error("reset"), new Error("reset"), ok]);
    await vi.runAllTimersAsync();
    expect(await outcome).toBe("Hi");
    expect(calls).toHaveLength(3);
  });

  it("as often as `maxRetries` says", async () => {
    for (const [maxRetries, count] of [
      [0, 1],
      [1, 2],
      [4, 5],
    ] as const) {
      const { outcome, calls } = start([{ status: 500 }], { maxRetries });
      await vi.runAllTimersAsync();
      await outcome;
      expect(calls).toHaveLength(count);
    }
  });

  it("or not, as a rule of the definition says", async () => {
    const rule = { code: "invalid-request", hint: "Wait.", source: "docs" } as const;
    const errors = [
      { ...rule, status: 400, retry: true },
      { ...rule, status: 500, retry: false },
    ];
    const retried = start([{ status: 400 }, ok], {}, { errors });
    await vi.runAllTimersAsync();
    expect(await retried.outcome).toBe("Hi");
    const not = start([{ status: 500 }, ok], {}, { errors });
    expect(await not.outcome).toMatchObject({ status: 500 });
  });

  it("after an error at the start of a 200", async () => {
    const overloaded = { body: sse({ error: { message: "Busy", code: 503 } }) };
    const { outcome, calls } = start([overloaded, ok]);
    await vi.runAllTimersAsync();
    expect(await outcome).toBe("Hi");
    expect(calls).toHaveLength(2);
  });

  it("with the same body", async () => {
    const { outcome, calls } = start([busy(), ok]);
    await vi.runAllTimersAsync();
    await outcome;
    expect(calls[1]!.init.body).toBe(calls[0]!.init.body);
  });
});

describe("a stream", () => {
  it("is retried before its first event", async () => {
    const { fetch, calls } = fakeFetch(
      { status: 503 },
      { body: [": comment\n\n"], ending: new Error("reset") },
      { body: sse(delta({ content: "Hi" }), finish(), done) },
    );
    const read = readEvents(acme({}, { fetch }).stream(hello));
    await vi.runAllTimersAsync();
    expect((await read).events.map(({ type }) => type)).toEqual(["start", "text", "finish"]);
    expect(calls).toHaveLength(3);
  });

  it.each<[string, FakeAnswer]>([
    ["a broken connection", { body: [sse(delta({}))], ending: new Error("reset") }],
    ["an error from the endpoint", { body: sse(delta({ content: "a" }), { error: { code: 503, message: "Busy" } }) }],
  ])("is never retried after its first event: %s", async (_, answer) => {
    const { fetch, calls } = fakeFetch(answer, { body: sse(delta({ content: "Hi" }), finish(), done) });
    const read = readEvents(acme({}, { fetch }).stream(hello));
    await vi.runAllTimersAsync();
    expect((await read).error).toMatchObject({ retryable: true });
    expect(calls).toHaveLength(1);
  });

  it("is retried if it falls silent before its first event", async () => {
    const { fetch, calls } = fakeFetch(
      { body: [": hello\n\n"], ending: "hang" },
      { body: sse(delta({ content: "Hi" }), finish()) },
    );
    const read = readEvents(acme({}, { fetch, idleTimeout: 1000 }).stream(hello));
    await vi.advanceTimersByTimeAsync(2000);
    expect((await read).events).toHaveLength(3);
    expect(calls).toHaveLength(2);
  });
});

describe("the abort signal", () => {
  it("ends a wait at once", async () => {
    const controller = new AbortController();
    const { fetch, calls } = fakeFetch(busy({ "retry-after": "50" }), ok);
    const error = failure(acme({}, { fetch }).chat(hello, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(10_000);
    controller.abort();
    expect(await error).toMatchObject({ code: "aborted" });
    expect(calls).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends the wait of a stream, as does leaving the loop", async () => {
    const { fetch, calls } = fakeFetch(busy({ "retry-after": "50" }), ok);
    const stream = acme({}, { fetch }).stream(hello);
    const iterator = stream[Symbol.asyncIterator]();
    const step = iterator.next();
    await vi.advanceTimersByTimeAsync(10_000);
    await iterator.return!();
    expect(await step).toEqual({ value: undefined, done: true });
    expect(calls).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
