import { createServer } from "node:http";
import { once } from "node:events";
import { inspect } from "node:util";
import type { AddressInfo } from "node:net";
import {
  type Attempt,
  type CallOptions,
  chatCompletions,
  type Definition,
  type ProviderError,
  type ProviderOptions,
} from "@llm-provider/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { acme, canary, hello } from "./support/acme.ts";
import { completion, delta, done, fakeFetch, finish, respond, sse, type Fetch } from "./support/fake-fetch.ts";
import { failure, readEvents } from "./support/read-events.ts";

const ok = { body: JSON.stringify(completion({ content: "Hi" })) };
const streamed = { body: sse(delta({ content: "Hi" }), finish(), done) };

describe("fetch is called", () => {
  it("with a string URL, a plain header object, a string body and redirect: manual", async () => {
    const { fetch, calls } = fakeFetch(ok);
    await acme({}, { fetch }).chat(hello);
    const { url, init } = calls[0]!;
    expect(url).toBe("https://api.acme.example/v1/chat/completions");
    expect(init).toEqual({
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        authorization: `Bearer ${canary}`,
      },
      body: JSON.stringify({ model: "acme-2", messages: hello.messages, stream: false }),
      redirect: "manual",
      signal: expect.any(AbortSignal),
    });
    expect(Object.getPrototypeOf(init.headers)).toBe(Object.prototype);
  });

  it("asking for events in stream and for the list in models", async () => {
    const { fetch, calls } = fakeFetch(streamed, { body: '{"data":[{"id":"acme-2"}]}' });
    const provider = acme({}, { fetch });
    await provider.stream(hello).result;
    await provider.models();
    expect(calls[0]!.init).toMatchObject({ method: "POST", headers: { accept: "text/event-stream" } });
    expect(JSON.parse(calls[0]!.init.body as string)).toMatchObject({ stream: true });
    expect(calls[1]).toMatchObject({
      url: "https://api.acme.example/v1/models",
      init: { method: "GET", headers: { accept: "application/json", authorization: `Bearer ${canary}` } },
    });
    expect(calls[1]!.init.body).toBeUndefined();
  });

  it("from globalThis at call time, if none is given", async () => {
    const { fetch, calls } = fakeFetch(ok);
    const provider = acme();
    vi.stubGlobal("fetch", fetch);
    await provider.chat(hello);
    vi.unstubAllGlobals();
    expect(calls).toHaveLength(1);
  });
});

describe("stream in a request", () => {
  it("is set by the method, whatever the caller sets", async () => {
    const { fetch, calls } = fakeFetch(ok, streamed);
    await acme({}, { fetch }).chat({ ...hello, stream: true });
    await acme({}, { fetch }).stream({ ...hello, stream: false }).result;
    expect(calls.map(({ init }) => (JSON.parse(init.body as string) as { stream: boolean }).stream)).toEqual([
      false,
      true,
    ]);
  });

  it("is respected by prepare", () => {
    expect(acme().prepare({ ...hello, stream: true })).toMatchObject({
      body: { stream: true },
      headers: { accept: "text/event-stream" },
    });
    for (const stream of [false, undefined, null]) {
      expect(acme().prepare({ ...hello, stream })).toMatchObject({
        body: { stream: false },
        headers: { accept: "application/json" },
      });
    }
  });

  it("asks for usage only if the dialect does, without a report, and never overrides the caller", () => {
    const asked = { dialect: chatCompletions({ usage: "asked" }) };
    const options = (facts: Partial<Definition>, request: object): unknown => {
      const { body, changes } = acme(facts).prepare({ ...hello, ...request });
      expect(changes).toEqual([]);
      return body["stream_options"];
    };
    expect(options(asked, { stream: true })).toEqual({ include_usage: true });
    expect(options(asked, { stream: false })).toBeUndefined();
    expect(options({}, { stream: true })).toBeUndefined();
    expect(options(asked, { stream: true, stream_options: { include_usage: false } })).toEqual({
      include_usage: false,
    });
    expect(options(asked, { stream: true, stream_options: { x: 1 } })).toEqual({ x: 1, include_usage: true });
    expect(options({}, { stream: true, stream_options: { include_usage: true } })).toEqual({ include_usage: true });
    expect(options(asked, { stream: true, stream_options: null })).toEqual({ include_usage: true });
  });
});

describe("prepare", () => {
  it("is synchronous, reads no key and sends nothing", () => {
    const apiKey = vi.fn(() => canary);
    const { fetch, calls } = fakeFetch(ok);
    const prepared = acme({}, { apiKey, fetch }).prepare(hello);
    expect(prepared).toEqual({
      url: "https://api.acme.example/v1/chat/completions",
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        authorization: "Bearer $ACME_API_KEY",
      },
      body: { model: "acme-2", messages: hello.messages, stream: false },
      changes: [],
    });
    expect(apiKey).not.toHaveBeenCalled();
    expect(calls).toEqual([]);
  });

  it("returns the request that would be sent", async () => {
    const { fetch, calls } = fakeFetch(ok);
    const provider = acme({}, { fetch, headers: { "X-Title": "t" } });
    await provider.chat(hello);
    const prepared = provider.prepare(hello);
    expect(JSON.stringify(prepared.body)).toBe(calls[0]!.init.body);
    expect(prepared.url).toBe(calls[0]!.url);
    expect({ ...prepared.headers, authorization: `Bearer ${canary}` }).toEqual(calls[0]!.init.headers);
  });
});

describe("the key", () => {
  const headersOf = async (facts: Partial<Definition>, options: ProviderOptions) => {
    const { fetch, calls } = fakeFetch(ok);
    await acme(facts, { ...options, fetch }).chat(hello);
    return calls[0]!.init.headers as Record<string, string>;
  };

  it("is sent in the header and after the scheme of the definition", async () => {
    const auth = { env: "ACME_API_KEY", page: "https://acme.example/keys" };
    expect((await headersOf({ auth }, { apiKey: "k1" }))["authorization"]).toBe("Bearer k1");
    expect((await headersOf({ auth: { ...auth, scheme: "Key" } }, { apiKey: "k1" }))["authorization"]).toBe("Key k1");
    expect((await headersOf({ auth: { ...auth, header: "X-Api-Key" } }, { apiKey: "k1" }))["x-api-key"]).toBe("k1");
    expect((await headersOf({ auth: { ...auth, scheme: "" } }, { apiKey: "k1" }))["authorization"]).toBe("k1");
  });

  it("comes from the option, a function or the environment, and is read again for each call", async () => {
    let count = 0;
    const { fetch, calls } = fakeFetch(ok);
    const provider = acme({}, { fetch, apiKey: async () => `k${++count}` });
    await provider.chat(hello);
    await provider.chat(hello);
    vi.stubEnv("ACME_API_KEY", "from-environment");
    await acme({}, { fetch, apiKey: undefined }).chat(hello);
    vi.unstubAllEnvs();
    const keys = calls.map(({ init }) => (init.headers as Record<string, string>)["authorization"]);
    expect(keys).toEqual(["Bearer k1", "Bearer k2", "Bearer from-environment"]);
  });

  it("throws before any request if it is missing, and names the variable and the page", async () => {
    vi.stubEnv("ACME_API_KEY", undefined);
    const { fetch, calls } = fakeFetch(ok);
    for (const apiKey of [undefined, "", () => ""]) {
      const provider = acme({}, { fetch, apiKey });
      for (const call of [provider.chat(hello), provider.stream(hello).result, provider.models()]) {
        const error = await failure(call);
        expect(error).toMatchObject({ code: "missing-key", retryable: false });
        expect(error.hint).toContain("ACME_API_KEY");
        expect(error.hint).toContain("https://acme.example/keys");
      }
    }
    expect(calls).toEqual([]);
    vi.unstubAllEnvs();
  });

  it("is not required if the endpoint needs none or the caller sends the header", async () => {
    vi.stubEnv("ACME_API_KEY", undefined);
    expect(await headersOf({ auth: "none" }, { apiKey: undefined })).not.toHaveProperty("authorization");
    expect((await headersOf({ auth: "none" }, { apiKey: "k1" }))["authorization"]).toBe("Bearer k1");
    const own = { apiKey: undefined, headers: { Authorization: "Token own" } };
    expect((await headersOf({}, own))["authorization"]).toBe("Token own");
    vi.unstubAllEnvs();
  });
});

describe("a caller's headers", () => {
  it("are sent in lower case and win", async () => {
    const { fetch, calls } = fakeFetch(ok);
    await acme({}, { fetch, headers: { "X-Title": "t", "Content-Type": "application/json; charset=utf-8" } }).chat(
      hello,
    );
    expect(calls[0]!.init.headers).toMatchObject({ "x-title": "t", "content-type": "application/json; charset=utf-8" });
  });

  it("are not sent if they are undefined", async () => {
    const { fetch, calls } = fakeFetch(ok);
    await acme({}, { fetch, headers: { a: undefined, b: null, c: "" } as unknown as Record<string, string> }).chat(
      hello,
    );
    expect(Object.keys(calls[0]!.init.headers!).sort()).toEqual(["accept", "authorization", "c", "content-type"]);
  });

  it.each<Record<string, string>>([{ "x-a": "b\r\nx-evil: 1" }, { "x a": "b" }, { "x-a": "€" }, { "": "b" }])(
    "are refused at once if they are invalid: %j",
    (headers) => {
      expect(() => acme({}, { headers })).toThrow(/header/);
    },
  );
});

describe("the base URL", () => {
  const url = (baseURL: string, facts: Partial<Definition> = {}): string => acme(facts, { baseURL }).prepare(hello).url;

  it.each([
    ["https://x.example/v1", "https://x.example/v1/chat/completions"],
    ["https://x.example/v1/", "https://x.example/v1/chat/completions"],
    ["https://x.example//", "https://x.example/chat/completions"],
    ["https://x.example", "https://x.example/chat/completions"],
    ["http://localhost:8080/v1", "http://localhost:8080/v1/chat/completions"],
    ["http://127.0.0.1:1", "http://127.0.0.1:1/chat/completions"],
    ["http://127.8.9.1", "http://127.8.9.1/chat/completions"],
    ["http://[::1]:1/v1", "http://[::1]:1/v1/chat/completions"],
    // A base URL may have a query.
    ["https://x.example/v1?api-version=1", "https://x.example/v1/chat/completions?api-version=1"],
    ["https://x.example/v1/?a=1&b=/", "https://x.example/v1/chat/completions?a=1&b=/"],
    ["https://x.example?a=1", "https://x.example/chat/completions?a=1"],
    ["https://x.example/v1?", "https://x.example/v1/chat/completions"],
  ])("accepts %s", (given, wanted) => expect(url(given)).toBe(wanted));

  it.each([
    "http://api.acme.example/v1",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example",
    "http://128.0.0.1",
    "http://[::2]",
    "http://0.0.0.0",
    "ftp://x.example",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://user@x.example",
    "https://user:word@x.example",
    "https://x.example/v1#x",
    "https://x.example/v1#",
    "x.example/v1",
    "",
  ])("refuses %j without repeating it", (given) => {
    let error: unknown;
    try {
      acme({}, { baseURL: given });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: "ProviderError", code: "invalid-request" });
    if (given !== "") expect((error as ProviderError).message).not.toContain(given);
  });

  it("may be http on any host for an endpoint without a key", () => {
    expect(url("http://ollama.internal:11434/v1", { auth: "none" })).toContain("http://ollama.internal:11434/v1/");
  });

  it.each<[string, ProviderOptions, CallOptions?]>([
    ["a key", { apiKey: canary }],
    ["a secret header", { headers: { "x-api-key": canary } }],
    ["a secret header of the call", {}, { headers: { Authorization: `Bearer ${canary}` } }],
    ["a key in its query", { baseURL: `http://ollama.internal:11434/v1?key=${canary}` }],
  ])("must not be http on another host if %s would be sent, in any method", async (_, given, call) => {
    const { fetch, calls } = fakeFetch(ok);
    const facts = { auth: "none", embeddings: { maxInputs: 2, source: "docs" } } as const;
    const options = { apiKey: undefined, baseURL: "http://ollama.internal:11434/v1", fetch, ...given };
    const provider = acme(facts, options);
    for (const asked of [
      provider.chat(hello, call),
      provider.stream(hello, call).result,
      provider.models(call),
      provider.embed({ model: "m", input: "x" }, call),
    ]) {
      const error = await failure(asked);
      expect(error.code).toBe("invalid-request");
      expect(error.message).toMatch(/http on another host/);
      expect(inspect(error)).not.toContain(canary);
    }
    expect(calls).toEqual([]);
    await acme(facts, { ...options, baseURL: "http://127.0.0.1:1" }).chat(hello, call);
    expect(calls).toHaveLength(1);
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])(
    "with %d is an error that names the new origin, and is not followed",
    async (status) => {
      const { fetch, calls } = fakeFetch({ status, headers: { location: "https://elsewhere.example/path?key=x" } });
      const error = await failure(acme({}, { fetch }).chat(hello));
      expect(error).toMatchObject({ code: "invalid-response", status, retryable: false });
      expect(error.message).toContain("https://elsewhere.example");
      expect(error.message).not.toContain("/path");
      expect(error.hint).toContain("https://elsewhere.example");
      expect(calls).toHaveLength(1);
    },
  );

  it("to a path or without a location is an error too", async () => {
    const redirect = (location?: string) =>
      failure(acme({}, { fetch: fakeFetch({ status: 302, headers: location ? { location } : {} }).fetch }).chat(hello));
    expect((await redirect("/login")).message).toContain("redirects to https://api.acme.example");
    expect((await redirect("http://")).message).toContain("another address");
    expect((await redirect()).message).toContain("another address");
  });

  it("is not followed by a real fetch, and the key is not sent", async () => {
    const seen: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end();
    }).listen(0, "127.0.0.1");
    const server = createServer((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/` }).end();
    }).listen(0, "127.0.0.1");
    await Promise.all([once(elsewhere, "listening"), once(server, "listening")]);
    const { port } = server.address() as AddressInfo;
    const error = await failure(acme({}, { baseURL: `http://127.0.0.1:${port}` }).chat(hello));
    expect(error).toMatchObject({ code: "invalid-response", status: 307 });
    expect(seen).toEqual([]);
    server.close();
    elsewhere.close();
  });
});

describe("timeouts", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A response whose body the test sends piece by piece. */
  function byHand(): { fetch: Fetch; send: (text: string) => void; close: () => void } {
    let controller: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
    return {
      fetch: async () => new Response(body),
      send: (text) => controller.enqueue(new TextEncoder().encode(text)),
      close: () => controller.close(),
    };
  }
  const never: Fetch = () => new Promise(() => {});

  it("timeout limits the wait for headers, even if fetch ignores its signal", async () => {
    let signal: AbortSignal | null | undefined;
    const fetch: Fetch = (url, init) => {
      signal = init.signal;
      return never(url, init);
    };
    const error = failure(acme({}, { fetch, timeout: 1000, maxRetries: 0 }).chat(hello));
    await vi.advanceTimersByTimeAsync(999);
    expect(signal!.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await error).toMatchObject({ code: "timeout", retryable: true });
    expect((await error).hint).toContain("`timeout`");
    expect(signal!.aborted).toBe(true);
  });

  it("are 60 s for headers and 120 s between bytes by default", async () => {
    const error = failure(acme({}, { fetch: never, maxRetries: 0 }).chat(hello));
    await vi.advanceTimersByTimeAsync(59_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await error).message).toContain("60000 ms");

    const silent = byHand();
    const idle = failure(acme({}, { fetch: silent.fetch, maxRetries: 0 }).stream(hello).result);
    await vi.advanceTimersByTimeAsync(119_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await idle).message).toContain("120000 ms");
  });

  it("idleTimeout limits the gap between bytes", async () => {
    const { fetch, send } = byHand();
    const stream = acme({}, { fetch, idleTimeout: 1000, maxRetries: 0 }).stream(hello);
    const error = failure(stream.result);
    await vi.advanceTimersByTimeAsync(900);
    send(sse(delta({ content: "a" })));
    await vi.advanceTimersByTimeAsync(999);
    send(sse(delta({ content: "b" })));
    await vi.advanceTimersByTimeAsync(999);
    send(": a comment counts\n\n");
    await vi.advanceTimersByTimeAsync(999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await error).toMatchObject({ code: "timeout", status: 200, partial: { text: "ab" } });
    expect((await error).hint).toContain("`idleTimeout`");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are exact even if only timers and the date are faked", async () => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const { fetch, send } = byHand();
    const error = failure(acme({}, { fetch, idleTimeout: 1000, maxRetries: 0 }).stream(hello).result);
    await vi.advanceTimersByTimeAsync(500);
    send(sse(delta({ content: "a" })));
    await vi.advanceTimersByTimeAsync(999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await error).code).toBe("timeout");
  });

  it("do not end a long answer that keeps arriving", async () => {
    const { fetch, send, close } = byHand();
    const stream = acme({}, { fetch, timeout: 1000, idleTimeout: 1000, maxRetries: 0 }).stream(hello);
    const result = stream.result;
    for (let second = 0; second < 600; second++) {
      send(sse(delta({ content: "a" })));
      await vi.advanceTimersByTimeAsync(900);
    }
    send(sse(finish()));
    close();
    expect((await result).text).toHaveLength(600);
  });

  it("do not count the time of a slow consumer", async () => {
    const { fetch, send, close } = byHand();
    const stream = acme({}, { fetch, idleTimeout: 1000, maxRetries: 0 }).stream(hello);
    const iterator = stream[Symbol.asyncIterator]();
    send(sse(delta({ content: "a" })));
    await iterator.next();
    await vi.advanceTimersByTimeAsync(10_000);
    send(sse(delta({ content: "b" }), finish()));
    close();
    const types: string[] = [];
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) types.push(step.value.type);
    expect(types).toEqual(["text", "text", "finish"]);
  });

  it("also apply to a whole answer", async () => {
    const { fetch } = byHand();
    const error = failure(acme({}, { fetch, timeout: 5000, idleTimeout: 1000, maxRetries: 0 }).chat(hello));
    await vi.advanceTimersByTimeAsync(1000);
    expect((await error).hint).toContain("`idleTimeout`");
  });

  it("keep what arrived of an error body, because the status says enough", async () => {
    const fetch: Fetch = async (_, init) =>
      respond({ status: 401, body: ['{"error":'], ending: "hang" }, init.signal ?? undefined);
    const error = failure(acme({}, { fetch, idleTimeout: 1000 }).chat(hello));
    await vi.advanceTimersByTimeAsync(1000);
    expect(await error).toMatchObject({ code: "invalid-key", status: 401 });
  });

  it("also apply to models", async () => {
    const error = failure(acme({}, { fetch: byHand().fetch, idleTimeout: 1000, maxRetries: 0 }).models());
    await vi.advanceTimersByTimeAsync(1000);
    expect((await error).code).toBe("timeout");
  });

  it("may be longer than the longest timer", async () => {
    const { fetch } = fakeFetch(ok);
    vi.useRealTimers();
    const spy = vi.spyOn(globalThis, "setTimeout");
    await acme({}, { fetch, timeout: Infinity, idleTimeout: Infinity }).chat(hello);
    for (const [, ms] of spy.mock.calls) expect(ms).toBeLessThan(2 ** 31);
    spy.mockRestore();
  });

  it("leave no timer running", async () => {
    const { fetch } = fakeFetch(ok, { status: 400 }, new Error("reset"), streamed);
    const provider = acme({}, { fetch, maxRetries: 0 });
    await provider.chat(hello);
    await failure(provider.chat(hello));
    await failure(provider.chat(hello));
    await readEvents(provider.stream(hello));
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("abort of a chat", () => {
  it("before sending sends nothing", async () => {
    const { fetch, calls } = fakeFetch(ok);
    expect((await failure(acme({}, { fetch }).chat(hello, { signal: AbortSignal.abort() }))).code).toBe("aborted");
    expect((await failure(acme({}, { fetch }).models({ signal: AbortSignal.abort() }))).code).toBe("aborted");
    expect(calls).toEqual([]);
  });

  it.each<[string, Fetch]>([
    [
      "while waiting for headers",
      (_, init) =>
        new Promise((_resolve, reject) => init.signal!.addEventListener("abort", () => reject(init.signal!.reason))),
    ],
    ["while waiting for headers, if fetch ignores its signal", () => new Promise(() => {})],
    ["while the body arrives", async (_, init) => respond({ body: ["{"], ending: "hang" }, init.signal ?? undefined)],
    ["while the body arrives, if it ignores the signal", async () => respond({ body: ["{"], ending: "hang" })],
    ["while an error body arrives", async () => respond({ status: 500, body: ["{"], ending: "hang" })],
  ])("%s ends the call at once, without a retry", async (_, answer) => {
    const controller = new AbortController();
    const { fetch, calls } = fakeFetch(answer);
    const error = failure(acme({}, { fetch }).chat(hello, { signal: controller.signal }));
    await new Promise((resolve) => setTimeout(resolve));
    controller.abort();
    expect(await error).toMatchObject({ code: "aborted", retryable: false });
    expect(calls).toHaveLength(1);
  });

  it("leaves nothing unhandled if an answer arrives late", async () => {
    const controller = new AbortController();
    let answer: ((response: Response) => void) | undefined;
    const fetch: Fetch = () => new Promise((resolve) => (answer = resolve));
    const error = failure(acme({}, { fetch }).chat(hello, { signal: controller.signal }));
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    controller.abort();
    expect((await error).code).toBe("aborted");
    let isCancelled = false;
    answer!(respond({ body: ["x"], ending: "hang", onCancel: () => (isCancelled = true) }));
    await new Promise((resolve) => setTimeout(resolve));
    expect(isCancelled, "nobody holds the connection").toBe(true);
  });
});

describe("a connection that stays open after [DONE]", () => {
  it("does not delay the answer, and is closed a second later", async () => {
    vi.useFakeTimers();
    let isCancelled = false;
    const { fetch } = fakeFetch({
      ...streamed,
      body: [streamed.body],
      ending: "hang",
      onCancel: () => (isCancelled = true),
    });
    const result = await acme({}, { fetch }).stream(hello).result;
    expect(result.text).toBe("Hi");
    expect(isCancelled).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(isCancelled).toBe(true);
    vi.useRealTimers();
  });

  it("is reused if it ends by itself", async () => {
    let isCancelled = false;
    const { fetch } = fakeFetch({ body: [streamed.body, "\n"], onCancel: () => (isCancelled = true) });
    await acme({}, { fetch }).stream(hello).result;
    await new Promise((resolve) => setTimeout(resolve));
    expect(isCancelled).toBe(false);
  });
});

describe("a network failure", () => {
  it.each([
    ["ECONNREFUSED", /Nothing listens/],
    ["ENOTFOUND", /not known/],
    ["SELF_SIGNED_CERT_IN_CHAIN", /NODE_EXTRA_CA_CERTS/],
    ["ECONNRESET", /Try again/],
  ])("with %s says what to do", async (code, hint) => {
    const cause = Object.assign(new Error(`connect ${code}`), { code });
    const { fetch } = fakeFetch(new TypeError("fetch failed", { cause }));
    const error = await failure(acme({}, { fetch, maxRetries: 0 }).chat(hello));
    expect(error).toMatchObject({ code: "network", retryable: true });
    expect(error.message).toBe(`The connection to https://api.acme.example failed: fetch failed, connect ${code}.`);
    expect(error.hint).toMatch(hint);
    expect(error.cause).toBeUndefined();
    const silent = new TypeError("fetch failed", { cause: Object.assign(new Error(""), { code }) });
    const { message } = await failure(acme({}, { fetch: fakeFetch(silent).fetch, maxRetries: 0 }).chat(hello));
    expect(message).toContain(`: fetch failed, ${code}.`);
  });

  it.each([
    ["in words", /: in words\.$/],
    [undefined, /: it says no more\.$/],
    [7, /it says no more/],
    [{ odd: true }, /it says no more/],
  ])("may be any thrown value: %j", async (thrown, message) => {
    const fetch: Fetch = () => Promise.reject(thrown);
    const error = await failure(acme({}, { fetch, maxRetries: 0 }).chat(hello));
    expect(error.code).toBe("network");
    expect(error.message).toMatch(message);
    const throws: Fetch = () => {
      throw thrown;
    };
    expect((await failure(acme({}, { fetch: throws, maxRetries: 0 }).chat(hello))).code).toBe("network");
  });

  it("in the middle of a stream throws a partial result, without a retry", async () => {
    const { fetch, calls } = fakeFetch({ body: [sse(delta({ content: "a" }))], ending: new TypeError("terminated") });
    const { error } = await readEvents(acme({}, { fetch }).stream(hello));
    expect(error).toMatchObject({ code: "network", status: 200, partial: { text: "a" } });
    expect(calls).toHaveLength(1);
    const drained = await failure(
      acme(
        {},
        {
          fetch: fakeFetch({
            body: [sse(delta({ content: "a" })), sse(delta({ content: "b" }))],
            ending: new TypeError("terminated"),
          }).fetch,
        },
      ).stream(hello).result,
    );
    expect(drained.partial?.text).toBe("ab");
  });
});

describe("onAttempt", () => {
  it("reports each request with the key redacted", async () => {
    const attempts: Attempt[] = [];
    const { fetch } = fakeFetch({ status: 500, headers: { "retry-after": "0" } }, ok);
    await acme(
      {},
      { fetch, onAttempt: (attempt) => attempts.push(attempt), headers: { cookie: "c", "x-title": "t" } },
    ).chat(hello);
    expect(attempts).toHaveLength(2);
    expect(attempts[0]).toMatchObject({ attempt: 1, status: 500, error: { code: "server" }, ms: expect.any(Number) });
    expect(attempts[1]).toMatchObject({
      attempt: 2,
      status: 200,
      url: "https://api.acme.example/v1/chat/completions",
      headers: { authorization: "[redacted]", cookie: "[redacted]", "x-title": "t" },
      body: { model: "acme-2", stream: false },
    });
    expect(attempts[1]!.error).toBeUndefined();
  });
});

it("response.headers is a plain object in lower case", async () => {
  const { fetch } = fakeFetch({ ...ok, headers: { "X-Thing": "1", "Content-Type": "application/json" } });
  const { response } = await acme({}, { fetch }).chat(hello);
  expect(response).toEqual({ status: 200, headers: { "x-thing": "1", "content-type": "application/json" } });
  expect(Object.getPrototypeOf(response.headers)).toBe(Object.prototype);
});

describe("models", () => {
  it.each([
    ["data", { data: [{ id: "acme-1", owned_by: "a" }, { id: "new" }] }],
    ["a plain array", [{ id: "acme-1", owned_by: "a" }, { id: "new" }]],
    ["models", { models: [{ name: "acme-1", owned_by: "a" }, { id: "new" }, { id: 7 }, null] }],
  ])("are read from %s, each with its facts from the catalogue", async (_, body) => {
    const { fetch } = fakeFetch({ body: JSON.stringify(body) });
    const models = await acme({}, { fetch }).models();
    expect(models.map(({ id }) => id)).toEqual(["acme-1", "new"]);
    expect(models[0]).toMatchObject({ owned_by: "a", retired: { on: "2026-01-01", use: "acme-2" } });
  });

  it.each(["{}", "no", "", '{"data":7}', "null"])(
    "are an invalid response if they cannot be read: %j",
    async (body) => {
      const { fetch } = fakeFetch({ body });
      const error = await failure(acme({}, { fetch }).models());
      expect(error).toMatchObject({ code: "invalid-response", status: 200 });
      expect(error.hint).toContain("/models");
    },
  );

  it("are requested with the same retries and errors as any call", async () => {
    const { fetch, calls } = fakeFetch({ status: 503, headers: { "retry-after": "0" } }, { status: 401 });
    expect((await failure(acme({}, { fetch }).models())).code).toBe("invalid-key");
    expect(calls).toHaveLength(2);
  });
});
