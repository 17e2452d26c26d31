import type { Attempt, CallOptions, Provider, ProviderOptions } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { underFakeClock } from "./support/fake-clock.ts";
import { completion, delta, done, type FakeAnswer, fakeFetch, finish, sse } from "./support/fake-fetch.ts";
import { failure } from "./support/read-events.ts";

const facts = { embeddings: { maxInputs: 2, source: "docs" } };
const texts = { model: "m", input: "x" };

/** Every method with an answer that it can read. */
const methods: readonly [string, string, (provider: Provider, call?: CallOptions) => Promise<unknown>][] = [
  ["chat", JSON.stringify(completion({ content: "Hi" })), (provider, call) => provider.chat(hello, call)],
  ["stream", sse(delta({ content: "Hi" }), finish(), done), (provider, call) => provider.stream(hello, call).result],
  ["embed", '{"data":[{"index":0,"embedding":[1]}]}', (provider, call) => provider.embed(texts, call)],
  ["models", '{"data":[{"id":"m"}]}', (provider, call) => provider.models(call)],
];

function client(options: ProviderOptions, ...answers: FakeAnswer[]) {
  const { fetch, calls } = fakeFetch(...answers);
  return { provider: acme(facts, { fetch, maxRetries: 0, ...options }), calls };
}

describe.each(methods)("the options of one call to %s", (name, body, ask) => {
  it("add headers, which override the provider's headers", async () => {
    const { provider, calls } = client({ headers: { "X-A": "1", "X-B": "1" } }, { body });
    await ask(provider, { headers: { "x-b": "2", "X-C": "3" } });
    await ask(provider);
    expect(calls[0]!.init.headers).toMatchObject({ "x-a": "1", "x-b": "2", "x-c": "3" });
    expect(calls[1]!.init.headers).toMatchObject({ "x-a": "1", "x-b": "1" });
    expect(calls[1]!.init.headers).not.toHaveProperty("x-c");
  });

  it("refuse an invalid header without repeating its name", async () => {
    const { provider, calls } = client({}, { body });
    const error = await failure(ask(provider, { headers: { fine: "1", "sk-secret name": "2" } }));
    expect(error.code).toBe("invalid-request");
    expect(error.message).toContain("Entry 2 of `headers`");
    expect(`${error.message} ${error.hint}`).not.toContain("secret");
    expect(calls).toEqual([]);
  });

  it("set the number of retries", async () => {
    for (const [all, one, times] of [
      [0, 1, 2],
      [3, 0, 1],
    ] as const) {
      const { provider, calls } = client({ maxRetries: all, maxWait: 0 }, { status: 503 });
      await failure(ask(provider, { maxRetries: one }));
      expect(calls).toHaveLength(times);
    }
  });

  it("set the timeout for headers", async () => {
    const fetch = () => new Promise<Response>(() => {});
    const { value, ms } = await underFakeClock(() =>
      failure(ask(acme(facts, { fetch, maxRetries: 0 }), { timeout: 70 })),
    );
    expect(value.code).toBe("timeout");
    expect(ms).toBeLessThan(1000);
  });

  it("set the idle timeout for the body", async () => {
    const { provider } = client({}, { body: body.slice(0, 5), ending: "hang" });
    const { value, ms } = await underFakeClock(() => failure(ask(provider, { idleTimeout: 70 })));
    expect(value.code).toBe("timeout");
    expect(ms).toBeLessThan(1000);
  });

  it("report each attempt to both observers", async () => {
    const told: string[] = [];
    const onAttempt = (who: string) => (attempt: Attempt) =>
      void told.push(`${who} ${attempt.attempt} ${attempt.status}`);
    const { provider } = client({ maxWait: 0, onAttempt: onAttempt("all") }, { status: 503 }, { body });
    await ask(provider, { maxRetries: 1, onAttempt: onAttempt("one") });
    expect(told).toEqual(["all 1 503", "one 1 503", "all 2 200", "one 2 200"]);
  });

  it("survive an observer that throws or rejects", async () => {
    const fail = (): never => {
      throw new Error("from the observer");
    };
    const failLater = async (): Promise<void> => fail();
    for (const observer of [fail, failLater]) {
      const { provider } = client({ onAttempt: observer }, { status: 503 }, { body });
      await ask(provider, { maxRetries: 1, onAttempt: observer, onChunk: observer });
    }
  });

  it("pass each raw chunk to onChunk", async () => {
    const seen: string[] = [];
    const { provider } = client({}, { body });
    await ask(provider, { onChunk: (data) => seen.push(data) });
    const wanted = name === "stream" ? body.match(/(?<=^data: ).*$/gm) : [body];
    expect(seen).toEqual(wanted);
  });

  it("abort the call with their signal", async () => {
    const { provider } = client({}, { body: body.slice(0, 5), ending: "hang" });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 10);
    expect((await failure(ask(provider, { signal: controller.signal }))).code).toBe("aborted");
  });
});

it("prepare returns the headers of the call", () => {
  const { headers } = acme(facts, { headers: { "x-a": "1" } }).prepare(hello, {
    headers: { "X-B": "2", "x-token": "t" },
  });
  expect(headers).toMatchObject({ "x-a": "1", "x-b": "2", "x-token": "[redacted]" });
});

it("prepare returns a lone surrogate as it is sent", () => {
  const { body, changes } = acme().prepare({ ...hello, user: "a\uD83D" });
  expect(body["user"]).toBe("a\uFFFD");
  expect(changes).toMatchObject([{ parameter: "user", action: "mapped" }]);
});
