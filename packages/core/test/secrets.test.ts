import { inspect } from "node:util";
import {
  type Attempt,
  chatCompletions,
  defineTool,
  type Definition,
  ProviderError,
  type ProviderOptions,
  withFallback,
} from "@llm-provider/core";
import { createScrubber } from "@llm-provider/core/internal";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { acme, canary, hello } from "./support/acme.ts";
import { randomText } from "./support/sample-keys.ts";
import { completion, delta, done, fakeFetch, finish, sse, type FakeAnswer } from "./support/fake-fetch.ts";
import { failure, readEvents } from "./support/read-events.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Forms in which a vendor, a proxy or a library may send a key back. */
const forms: Record<string, string> = {
  raw: canary,
  "with its scheme": `Bearer ${canary}`,
  "URL-encoded": encodeURIComponent(canary),
  "URL-encoded in lower case": encodeURIComponent(canary).replaceAll(/%../g, (code) => code.toLowerCase()),
  base64: base64(canary),
  "base64 after a user name": base64(`user:${canary}`),
  "base64 of the header": base64(`Bearer ${canary}`),
  base64url: Buffer.from(canary).toString("base64url"),
  "JSON in JSON": JSON.stringify(JSON.stringify({ key: canary })),
  "its first half": canary.slice(0, 14),
  "its second half": canary.slice(-12),
  "masked with both ends visible": `${canary.slice(0, 6)}*******************${canary.slice(-4)}`,
  "masked with dots": `${canary.slice(0, 8)}...${canary.slice(-4)}`,
};

const parts = Array.from({ length: canary.length - 7 }, (_, from) => canary.slice(from, from + 8));
const traces = [...parts, canary.slice(-4), ...Object.values(forms)];

/** Fails if a value contains eight characters in a row of the key, its last four, or one of its encodings. */
function expectClean(...values: unknown[]): void {
  for (const text of values.flatMap(textsOf)) {
    const trace = traces.find((one) => text.includes(one));
    if (trace !== undefined) expect.fail(`"${trace}" is in ${text}`);
  }
}

function textsOf(value: unknown): string[] {
  const texts = [inspect(value, { depth: 20, showHidden: true, getters: true }), String(value)];
  texts.push(JSON.stringify(value) ?? "");
  if (value instanceof Error) {
    texts.push(value.message, value.stack ?? "", JSON.stringify(value, Object.getOwnPropertyNames(value)));
    if (value.cause !== undefined) texts.push(...textsOf(value.cause));
  }
  return texts;
}

const facts: Partial<Definition> = {
  limits: { requestId: "x-request-id" },
  metadata: ["vendor", "error.metadata", "header:x-echo"],
  errors: [
    {
      status: 418,
      body: { "error.message": /./ },
      code: "forbidden",
      hint: "Look at {error.message}.",
      source: "docs",
    },
  ],
};

describe.each(Object.entries(forms))("a key that is sent back in the form: %s", (_, form) => {
  const echo: FakeAnswer[] = [
    {
      status: 401,
      body: JSON.stringify({ error: { message: `Incorrect API key provided: ${form}.`, metadata: { key: form } } }),
    },
    { status: 418, body: JSON.stringify({ error: { message: form } }) },
    { status: 400, body: `plain ${form}` },
    { status: 400, body: `<title>${form}</title>` },
    { status: 500, body: JSON.stringify({ [form]: [form, { deep: form }] }) },
    { status: 400, headers: { "x-request-id": form.replaceAll(/[^\x20-\x7e]/g, ""), "x-echo": form }, body: "{}" },
    { status: 302, headers: { location: `https://x.example/?key=${form}` } },
    { body: sse(delta({ content: form }), { error: { message: form } }) },
    { body: sse(delta({ content: form }), `data: {"no json": ${form}\n\n`) },
    { body: `<html>${form}` },
    { body: [sse(delta({ content: form }))], ending: new TypeError(`terminated ${form}`) },
  ];

  it("is in no field of an error or an attempt", async () => {
    for (const answer of echo) {
      const attempts: Attempt[] = [];
      const options: ProviderOptions = {
        fetch: fakeFetch(answer).fetch,
        maxRetries: 0,
        onAttempt: (one) => attempts.push(one),
      };
      const provider = acme(facts, options);
      const { error } = await readEvents(provider.stream(hello));
      expectClean(error, attempts, await failure(provider.chat(hello)));
    }
  });

  it("is in no error of a fetch that fails with the key in its error", async () => {
    const cause = Object.assign(new Error(`header ${form}`), { code: "UND_ERR", headers: { authorization: form } });
    const { fetch } = fakeFetch(new TypeError(`fetch failed for ${form}`, { cause }));
    expectClean(await failure(acme(facts, { fetch, maxRetries: 0 }).chat(hello)));
    expectClean(await failure(acme(facts, { fetch, maxRetries: 0 }).models()));
  });

  it("is not in a result's headers or metadata", async () => {
    const body = JSON.stringify({ ...completion({ content: "Hi" }), vendor: { key: form } });
    const { fetch } = fakeFetch({ body, headers: { "x-echo": form, "x-request-id": form } });
    const { response, metadata, message } = await acme(facts, { fetch }).chat(hello);
    expectClean(response, metadata, message);
  });

  it("is in no error of models()", async () => {
    const { fetch } = fakeFetch({ body: `no list: ${form}` });
    expectClean(await failure(acme(facts, { fetch }).models()));
  });

  it("is in no error of withFallback", async () => {
    const failing = { status: 503, body: JSON.stringify({ error: { message: form } }) };
    const provider = (answer: FakeAnswer) => acme(facts, { fetch: fakeFetch(answer).fetch, maxRetries: 0 });
    expectClean(await failure(withFallback([provider(failing), provider(failing)]).chat(hello)));
    const saved = provider({ body: JSON.stringify(completion({ content: "Hi" })) });
    expectClean(await withFallback([provider(failing), saved]).chat(hello));
  });

  it("is in no error or text of a tool", async () => {
    const tool = (execute: () => Promise<string>) =>
      defineTool({
        id: "search",
        name: "search",
        description: "Searches.",
        docs: "https://search.example",
        input: z.object({}),
        auth: { env: "SEARCH_API_KEY", page: "https://search.example/keys" },
        execute,
        toText: (output) => output,
      })({ apiKey: canary });
    for (const thrown of [
      new Error(form),
      new TypeError("fetch failed", { cause: new Error(form) }),
      Object.assign(new TypeError(form, { cause: new Error(form, { cause: form }) }), {
        name: form,
        code: form,
        config: { headers: { authorization: form } },
      }),
      form,
      { headers: { authorization: form } },
      new ProviderError(form, {
        code: "server",
        provider: "x",
        hint: form,
        body: { key: form },
        metadata: { key: form },
        cause: new Error(form),
      }),
    ]) {
      expectClean(await failure(tool(() => Promise.reject(thrown)).call("{}")));
    }
    expectClean(await tool(async () => `https://search.example/?api_key=${form}`).call("{}"));
  });
});

describe("a key", () => {
  it("is not in the result of prepare, whether it is a key or a caller's header", () => {
    vi.stubEnv("ACME_API_KEY", canary);
    const auth = { env: "ACME_API_KEY", page: "https://acme.example/keys", header: "X-Acme-Auth" };
    const given: ProviderOptions[] = [
      {},
      { apiKey: canary },
      { headers: { authorization: `Bearer ${canary}` } },
      { headers: { "X-Acme-Auth": canary, Cookie: canary, "x-api-key": canary, "x-goog-api-key": canary } },
    ];
    for (const options of given) {
      const named = { ...options, headers: { ...options.headers, "x-acme-auth": "" } };
      expectClean(acme({}, { apiKey: undefined, ...named }).prepare(hello));
      expectClean(acme({ auth }, { apiKey: undefined, ...options }).prepare(hello));
    }
    vi.unstubAllEnvs();
  });

  it("in a caller's header is a secret too", async () => {
    const attempts: Attempt[] = [];
    for (const [header, value, facts1] of [
      ["Authorization", `Bearer ${canary}`, {}],
      ["x-acme", canary, { auth: { env: "ACME_API_KEY", page: "https://acme.example/keys", header: "x-acme" } }],
      ["cookie", `session=${canary}`, { auth: "none" }],
    ] as const) {
      const { fetch } = fakeFetch({ status: 401, body: `no such key: ${canary}` });
      const provider = acme(facts1, {
        fetch,
        apiKey: undefined,
        headers: { [header]: value },
        onAttempt: (attempt) => attempts.push(attempt),
      });
      if (facts1 && "auth" in facts1 && facts1.auth === "none") continue;
      expectClean(await failure(provider.chat(hello)), attempts);
    }
  });

  it.each([
    ["Helicone-Auth", `Bearer ${canary}`],
    ["X-Auth", canary],
    ["X-JWT", canary],
    ["X-Credential", canary],
    ["X-Gateway-Pass", canary],
    ["X-Session", canary],
    ["X-Session-Id", canary],
    ["Proxy-Authorization", `Basic ${base64(`user:${canary}`)}`],
    ["X-Anything", `Bearer ${canary}`],
    ["X-Anything", `basic ${canary}`],
    ["X-Anything", `sk-proj-${randomText(32, "alnum")}`],
    ["X-Anything", randomText(40, "hex")],
    ["X-Anything", `${randomText(30, "base64")}+7==`],
  ])("in the header %s is a secret by its name or form, also for a third-party gateway", async (name, value) => {
    const attempts: Attempt[] = [];
    const { fetch } = fakeFetch({ status: 401, body: JSON.stringify({ error: { message: `refused: ${value}` } }) });
    const options = { fetch, headers: { [name]: value }, onAttempt: (one: Attempt) => attempts.push(one) };
    const provider = acme({}, { ...options, apiKey: "some-other-key" });
    const error = await failure(provider.chat(hello));
    const token = value.split(" ").at(-1)!;
    for (const seen of [error, attempts, provider.prepare(hello)])
      expect(inspect(seen, { depth: 20 })).not.toContain(token);
  });

  it.each([
    ["x-request-id", randomText(32, "hex")],
    ["traceparent", `00-${randomText(32, "hex")}-${randomText(16, "hex")}-01`],
    ["x-title", "My application, version 2026-11-28"],
    ["http-referer", "https://my-site-2024.example/a/long/path?with=query"],
    ["x-author", "somebody"],
    ["user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"],
    ["x-correlation", "0b9f6c1e-8a52-4f43-9d0a-3f8f7c1d2e4b"],
    ["anthropic-version", "2023-06-01"],
  ])("is not found in the header %s, which people need in a log", (name, value) => {
    expect(acme({}, { headers: { [name]: value } }).prepare(hello).headers[name]).toBe(value);
  });

  it.each([`/${randomText(32, "hex")}/v1`, `/v1/sk-${randomText(40, "alnum")}`])(
    "in the path of a base URL is a secret",
    async (path) => {
      const attempts: Attempt[] = [];
      const { fetch } = fakeFetch({ status: 404, body: `no route ${path}` });
      const provider = acme(
        {},
        { fetch, baseURL: `https://gateway.example${path}`, onAttempt: (one) => attempts.push(one) },
      );
      const part = path.split("/").find((one) => one.length > 20)!;
      const errors = [await failure(provider.chat(hello)), await failure(provider.models())];
      for (const seen of [errors, attempts, provider.prepare(hello)])
        expect(inspect(seen, { depth: 20 })).not.toContain(part.slice(-8));
    },
  );

  it.each(["DATABASE_URL", "PATH", "AWS_PROFILE", "acme_api_key", "KEY", "", "__proto__"])(
    "is never read from the variable %j, which does not look like the name of a key",
    async (env) => {
      vi.stubEnv("DATABASE_URL", `postgres://user:${canary}@db.example/x`);
      const { fetch, calls } = fakeFetch({ body: "{}" });
      const auth = { env, page: "https://acme.example/keys" };
      const tool = defineTool({
        id: "search",
        name: "search",
        description: "Searches.",
        docs: "https://search.example",
        input: z.object({}),
        auth,
        execute: async (_input, { apiKey }) => String(apiKey),
        toText: (output) => output,
      });
      const provider = acme({ auth }, { fetch, apiKey: undefined });
      for (const call of [provider.chat(hello), provider.models(), tool({}).call("{}")]) {
        const error = await failure(call);
        expect([error.code, error.message]).toEqual(["missing-key", expect.stringContaining("was not read")]);
        expectClean(error);
      }
      expect(calls).toEqual([]);
      // A key that is passed explicitly is always used.
      expect(await tool({ apiKey: "given-by-hand" }).execute({})).toBe("given-by-hand");
      vi.unstubAllEnvs();
    },
  );

  it("leaves no part where a long text is cut", async () => {
    for (let before = 960; before <= 1000; before += 4) {
      const { fetch } = fakeFetch({ status: 400, body: `${"x".repeat(before)}${canary}` });
      expectClean(await failure(acme({}, { fetch }).chat(hello)));
      const short = fakeFetch({ status: 400, body: `${"x".repeat(before)}tok-12345` });
      const error = await failure(acme({}, { fetch: short.fetch, apiKey: "tok-12345" }).chat(hello));
      expect(inspect(error)).not.toMatch(/xtok-1/);
    }
  });

  it("with a scheme and a short token is also removed where the scheme is missing", async () => {
    const { fetch } = fakeFetch({ status: 401, body: "no such key: tok-12345" });
    const error = await failure(
      acme({}, { fetch, apiKey: undefined, headers: { authorization: "Bearer tok-12345" } }).chat(hello),
    );
    expect(inspect(error)).not.toContain("tok-12345");
  });

  it.each([
    `${canary}\n`,
    `\r\n${canary}`,
    ` ${canary}`,
    `${canary}\u2028`,
    `sk-€-${canary}`,
    `a\0${canary}`,
    7 as unknown as string,
  ])("with characters that a header does not allow is invalid-key before any request: %j", async (apiKey) => {
    const { fetch, calls } = fakeFetch({ body: "{}" });
    for (const given of [apiKey, () => apiKey]) {
      const provider = acme({}, { fetch, apiKey: given });
      for (const call of [provider.chat(hello), provider.stream(hello).result, provider.models()]) {
        const error = await failure(call);
        expect(error.code).toBe("invalid-key");
        expectClean(error);
      }
    }
    expect(calls).toEqual([]);
  });

  it("is not in an error of the function that returns it", async () => {
    const apiKey = (): string => {
      throw new Error(`vault says ${canary}`);
    };
    const error = await failure(acme({}, { apiKey }).chat(hello));
    expect(error.code).toBe("missing-key");
    expectClean(error);
  });

  it("stays hidden if it changes between two calls", async () => {
    let key = "first-key-0123456789";
    const { fetch } = fakeFetch({ status: 401, body: `first-key-0123456789 ${canary}` });
    const provider = acme({}, { fetch, apiKey: () => key });
    expect(inspect(await failure(provider.chat(hello)))).not.toContain("first-key-0123456789");
    key = canary;
    expectClean(await failure(provider.chat(hello)));
  });

  it("is not in the log of a request that contains it", async () => {
    const attempts: Attempt[] = [];
    const { fetch } = fakeFetch({ body: JSON.stringify(completion({ content: "Hi" })) });
    await acme({}, { fetch, onAttempt: (attempt) => attempts.push(attempt) }).chat({ ...hello, user: canary });
    expectClean(attempts);
  });

  it("is not in a printed provider, stream or tool", () => {
    const provider = acme({}, { fetch: fakeFetch({ body: "{}" }).fetch, headers: { "x-api-key": canary } });
    expectClean(provider, withFallback([provider]));
    expect(inspect(provider.stream(hello), { showHidden: true })).not.toContain(canary);
  });

  it("in a base URL is refused and never shown", () => {
    for (const baseURL of [`https://user:${canary}@x.example`, `https://x.example#${canary}`, `${canary}`]) {
      try {
        acme({}, { baseURL });
        expect.fail("It was taken.");
      } catch (error) {
        expect(ProviderError.is(error)).toBe(true);
        expectClean(error);
      }
    }
  });

  // A base URL may have a query. A query value with the name of a secret is a secret.
  it("in the query of a base URL is sent but never shown", async () => {
    const baseURL = `https://x.example/v1?api-key=${encodeURIComponent(canary)}`;
    const attempts: Attempt[] = [];
    const { fetch, calls } = fakeFetch({ status: 500, body: `{"error":{"message":"at ${canary}"}}` }, { body: "[]]" });
    const provider = acme(
      {},
      { apiKey: "other", baseURL, fetch, maxRetries: 0, onAttempt: (one) => attempts.push(one) },
    );
    expectClean(
      provider.prepare(hello),
      await failure(provider.chat(hello)),
      await failure(provider.models()),
      attempts,
    );
    expect(attempts).toHaveLength(2);
    for (const { url } of calls) expect(new URL(url).searchParams.get("api-key")).toBe(canary);
  });

  it("in a header of one call is a secret too", async () => {
    const headers = { "X-Api-Key": canary, Authorization: `Bearer ${canary}` };
    const attempts: Attempt[] = [];
    const onAttempt = (attempt: Attempt): void => void attempts.push(attempt);
    const { fetch, calls } = fakeFetch({ status: 500, headers: { "x-echo": canary }, body: `"${canary}"` });
    const serving = { embeddings: { maxInputs: 2, source: "docs" } };
    const provider = acme(serving, { apiKey: "other", fetch, maxRetries: 0 });
    const call = { headers, onAttempt };
    expectClean(
      provider.prepare(hello, call),
      await failure(provider.chat(hello, call)),
      await failure(provider.stream(hello, call).result),
      await failure(provider.models(call)),
      await failure(provider.embed({ model: "m", input: "x" }, call)),
      attempts,
    );
    expect(attempts).toHaveLength(4);
    for (const { init } of calls) expect(init.headers).toMatchObject({ authorization: `Bearer ${canary}` });
  });
});

describe("createScrubber", () => {
  it("does not change text without secrets, or values that are not text", () => {
    const scrub = createScrubber([canary]);
    const date = new Date();
    expect(scrub("ordinary words")).toBe("ordinary words");
    expect(scrub({ a: 1, b: [true, null], c: date })).toEqual({ a: 1, b: [true, null], c: date });
    expect(scrub(undefined)).toBeUndefined();
    expect(createScrubber([])("x")).toBe("x");
    expect(createScrubber(["", "ab"])("ab")).toBe("ab");
  });

  it("does not mutate its input", () => {
    const value = Object.freeze({ key: canary, list: Object.freeze([canary]) });
    expect(createScrubber([canary])(value)).toEqual({ key: "[redacted]", list: ["[redacted]"] });
    expect(value.key).toBe(canary);
  });

  it("removes several secrets, the longest first", () => {
    const scrub = createScrubber(["secret", "secret-and-longer"]);
    expect(scrub("secret-and-longer secret")).toBe("[redacted] [redacted]");
  });

  it("removes keys with characters that are special in a pattern or a replacement", () => {
    for (const key of ["a$&b$1c.*+?", "ké¥-漢字-key", 'quo"te\\back/slash']) {
      const scrub = createScrubber([key]);
      expect(scrub(`x ${key} y`)).toBe("x [redacted] y");
      expect(scrub(JSON.stringify({ key }))).toBe('{"key":"[redacted]"}');
      expect(scrub(encodeURIComponent(key))).toBe("[redacted]");
    }
  });

  it.each([
    ["upper case", (key: string) => key.toUpperCase()],
    ["hex", (key: string) => Buffer.from(`x${key}`).toString("hex")],
    ["upper-case hex", (key: string) => Buffer.from(key).toString("hex").toUpperCase()],
    ["lower-case base64", (key: string) => Buffer.from(key).toString("base64").toLowerCase()],
    ["HTML", (key: string) => [...key].map((sign) => `&#${sign.charCodeAt(0)};`).join("")],
    ["HTML in hex", (key: string) => [...key].map((sign) => `&#x${sign.charCodeAt(0).toString(16)};`).join("")],
    ["JSON escapes", (key: string) => [...key].map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join("")],
    ["JSON in JSON", (key: string) => [...key].map((sign) => `\\\\u00${sign.charCodeAt(0).toString(16)}`).join("")],
    ["JavaScript escapes", (key: string) => [...key].map((sign) => `\\x${sign.charCodeAt(0).toString(16)}`).join("")],
    [
      "a URL in a URL",
      (key: string) => encodeURIComponent([...key].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join("")),
    ],
    [
      "a partly escaped key",
      (key: string) => `${key.slice(0, 4)}\\u00${key.charCodeAt(4).toString(16)}${key.slice(5, 12)}`,
    ],
  ])("removes a key in the form: %s", (_name, write) => {
    const key = "c4a7e91b30d258f6a1b94e7cd02f8536";
    expect(createScrubber([key])(`say ${write(key)}.`)).toMatch(/^say \w{0,2}\[redacted\]\w{0,2}=*\.$/);
  });

  it.each(["…", "[...]", "[…]", "***", "*", "....", "••••"])(
    "removes both ends of a key that is masked with %s",
    (mask) => {
      const scrub = createScrubber(["Kx4mQ9vT2bR7wZ1n"]);
      for (const [head, tail] of [
        ["Kx4mQ9", "wZ1n"],
        ["kx4m", "WZ1N"],
        ["Kx4mQ9vT", ""],
        ["", "R7wZ1n"],
      ])
        expect(scrub(`a ${head}${mask}${tail} b`)).toBe(`a ${head && "[redacted]"}${mask}${tail && "[redacted]"} b`);
      expect(scrub(`and so on${mask} then${mask}`)).toBe(`and so on${mask} then${mask}`);
    },
  );

  it("keeps words that share a few letters with a key", () => {
    const scrub = createScrubber(["deepseek-key-4f7a91c2d8"]);
    for (const text of [
      "The model is deep-sought.",
      "keys 4f7a91 and c2d8",
      "50% off, &#8364;3, \\u00e9t\\u00e9, a…b, 2*3",
    ])
      expect(scrub(text)).toBe(text);
  });

  it.each([..."*.%\\&[…", "%41", "\\u0041", "&#65;", "[...]", "test-key", "Kx4m…", "a"])(
    "takes linear time on text that repeats %j, for short and very long keys",
    (text) => {
      for (const key of [canary, randomText(8000, "alnum")]) {
        const scrub = createScrubber([key]);
        const long = text.repeat(Math.ceil(400_000 / text.length));
        const began = performance.now();
        scrub(long);
        expect(performance.now() - began).toBeLessThan(2000);
      }
    },
  );

  it("is fast on a long text", () => {
    const scrub = createScrubber([canary]);
    const began = performance.now();
    scrub(`${"*".repeat(300_000)}${".".repeat(300_000)}${"a".repeat(300_000)}`);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it("does not change a stream without secrets", async () => {
    const body = sse(delta({ content: "Hi" }), finish(), done);
    const result = await acme({ dialect: chatCompletions() }, { fetch: fakeFetch({ body }).fetch }).stream(hello)
      .result;
    expect(result.text).toBe("Hi");
  });
});
