import { inspect } from "node:util";
import { type Definition, type ErrorRule, ProviderError } from "@llm-provider/core";
import { parseDuration } from "@llm-provider/core/internal";
import { describe, expect, it, vi } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { completion, delta, done, fakeFetch, finish, sse, type FakeAnswer } from "./support/fake-fetch.ts";
import { failure, readEvents } from "./support/read-events.ts";

const source = "docs";

function fail(answer: FakeAnswer, facts: Partial<Definition> = {}, request: object = {}): Promise<ProviderError> {
  return failure(acme(facts, { fetch: fakeFetch(answer).fetch, maxRetries: 0 }).chat({ ...hello, ...request }));
}

const words = (message: string, more: object = {}): string => JSON.stringify({ error: { message, ...more } });

describe("a status", () => {
  it.each([
    [400, "invalid-request", false],
    [401, "invalid-key", false],
    [402, "quota", false],
    [403, "forbidden", false],
    [404, "not-found", false],
    [405, "invalid-request", false],
    [408, "timeout", true],
    [409, "server", true],
    [410, "not-found", false],
    [413, "context-overflow", false],
    [422, "invalid-request", false],
    [425, "server", true],
    [429, "rate-limit", true],
    [498, "invalid-request", false],
    [500, "server", true],
    [502, "server", true],
    [503, "overloaded", true],
    [504, "server", true],
    [529, "overloaded", true],
  ])("%d means %s", async (status, code, retryable) => {
    const error = await fail({ status, body: words("Its own words") });
    expect(error).toMatchObject({ code, status, retryable, provider: "acme", model: "acme-2" });
    expect(error.message).toBe("Its own words");
    expect(error.hint).toMatch(/\.$|https:/);
    // The page about the code is in `help`, not in the hint.
    expect(error.help).toMatch(new RegExp(`^https://.*errors\\.md#${code}$`));
  });

  it("of 401 links to the page for creating a key", async () => {
    expect((await fail({ status: 401 })).hint).toContain("https://acme.example/keys");
    expect((await fail({ status: 401 }, { auth: "none" })).hint).toBe("Acme does not know this key.");
  });

  it.each([
    [400, "context_length_exceeded", "context-overflow"],
    [429, "insufficient_quota", "quota"],
    [400, "content_filter", "content-filter"],
    // Errors are matched by code, type and text.
    [400, "rate_limit_exceeded", "rate-limit"],
    [500, "invalid_request_error", "server"],
    [401, "constructor", "invalid-key"],
  ])("%d with the code %s in the body means %s", async (status, named, code) => {
    expect((await fail({ status, body: words("No.", { code: named }) })).code).toBe(code);
  });
});

describe("an error body, whatever its content type", () => {
  it.each<[string, string, string]>([
    ["error.message", '{"error":{"message":"W"}}', "W"],
    ["an error that is a string", '{"error":"W"}', "W"],
    ["message", '{"message":"W","object":"error"}', "W"],
    ["detail", '{"detail":"W"}', "W"],
    ["a list of problems", '{"detail":[{"loc":["body","n"],"msg":"too big"},{"msg":"x"}]}', "body.n: too big; x"],
    ["a detail inside a message", '{"message":{"detail":[{"loc":["body"],"msg":"W"}]}}', "body: W"],
    ["text", "upstream connect error", "upstream connect error"],
    ["white space", " \n ", "HTTP 400 from Acme, without a body"],
    ["nothing", "", "HTTP 400 from Acme, without a body"],
    ["null", "null", "HTTP 400 from Acme, in a form that says no more"],
    ["an empty object", "{}", "HTTP 400 from Acme, in a form that says no more"],
    ["an empty message", '{"error":{"message":""}}', 'HTTP 400 from Acme: {"error":{"message":""}}'],
    [
      "a web page",
      "<html><head><title>502 Bad Gateway</title></head></html>",
      'HTTP 400 from Acme, with an HTML page "502 Bad Gateway" where JSON was expected',
    ],
    ["broken JSON", '{"error": {"mess', '{"error": {"mess'],
  ])("gives its message: %s", async (_, body, message) => {
    for (const type of ["application/json", "text/html", "application/octet-stream", "text/event-stream"]) {
      expect((await fail({ status: 400, body, headers: { "content-type": type } })).message).toBe(message);
    }
    expect((await fail({ status: 400, body })).message).toBe(message);
  });

  it("is kept, but a long text is cut in the message", async () => {
    expect((await fail({ status: 400, body: words("W", { param: "n" }) })).body).toEqual({
      error: { message: "W", param: "n" },
    });
    expect((await fail({ status: 400, body: "x".repeat(5000) })).message).toHaveLength(1001);
  });

  // An error body is read up to 256 KiB.
  it("is read up to 256 KiB, without waiting for the rest", async () => {
    const body = Array.from({ length: 3 }, () => "x".repeat(1024 * 1024));
    let isCancelled = false;
    const error = await fail({ status: 500, body, ending: "hang", onCancel: () => (isCancelled = true) });
    expect(error.body).toHaveLength(256 * 1024);
    expect(isCancelled).toBe(true);
  });

  it("is read as far as it arrived if the connection breaks", async () => {
    const error = await fail({ status: 401, body: [words("No such key")], ending: new Error("reset") });
    expect(error).toMatchObject({ code: "invalid-key", message: "No such key" });
  });

  it("may be nested deeply without harm", async () => {
    const body = `{"error":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(await fail({ status: 400, body })).toMatchObject({ code: "invalid-request", status: 400 });
    const nested = `{"choices":[],"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const { error } = await readEvents(
      acme(
        {},
        { fetch: fakeFetch({ body: `data: ${nested}\n\ndata: {"error":{"message":"W"}}\n\n` }).fetch, maxRetries: 0 },
      ).stream(hello),
    );
    expect(error).toBeInstanceOf(ProviderError);
  });
});

describe("rules of the definition", () => {
  const rules: ErrorRule[] = [
    {
      status: 413,
      body: { "error.code": "rate_limit_exceeded" },
      code: "rate-limit",
      retry: true,
      hint: "Wait.",
      source,
    },
    { status: 413, code: "context-overflow", hint: "Shorten.", source },
    { status: 402, body: { "error.metadata.limit": "in_flight" }, code: "quota", retry: true, hint: "Soon.", source },
    { status: 429, body: { "error.message": /quota|billing/i }, code: "quota", hint: "Pay.", source },
    {
      body: { "error.tags.0": "filtered" },
      code: "content-filter",
      hint: "Rephrase.",
      source: ["https://x.example/filter", "2026-11-22"],
    },
    { status: 400, body: { "error.code": "1234" }, code: "tool-call-invalid", hint: "Mend it.", source },
    { status: 400, body: { "error.metadata": /deep/ }, code: "forbidden", hint: "No.", source },
  ];
  const facts = { errors: rules };

  it.each<[number, object, string, boolean]>([
    [413, { code: "rate_limit_exceeded", message: "tokens a minute" }, "rate-limit", true],
    [413, { message: "too large" }, "context-overflow", false],
    [402, { metadata: { limit: "in_flight" } }, "quota", true],
    [402, { message: "no credits" }, "quota", false],
    [429, { message: "You exceeded your current Quota" }, "quota", false],
    [429, { message: "slow down" }, "rate-limit", true],
    [418, { tags: ["filtered"] }, "content-filter", false],
    [400, { code: 1234 }, "tool-call-invalid", false],
    [400, { metadata: { a: "deep inside" } }, "forbidden", false],
    [400, { code: null }, "invalid-request", false],
  ])("read %d with %j as %s", async (status, error, code, retryable) => {
    expect(await fail({ status, body: JSON.stringify({ error }) }, facts)).toMatchObject({ code, retryable });
  });

  it("give the hint and the vendor's page", async () => {
    expect((await fail({ status: 413, body: "{}" }, facts)).hint).toBe(
      "Shorten. (https://acme.example/docs/parameters)",
    );
    expect((await fail({ status: 418, body: '{"error":{"tags":["filtered"]}}' }, facts)).hint).toBe(
      "Rephrase. (https://x.example/filter)",
    );
  });

  it("apply the first match and keep no state in a pattern", async () => {
    const global: ErrorRule[] = [{ body: { "error.message": /busy/g }, code: "overloaded", hint: "Wait.", source }];
    for (let i = 0; i < 3; i++)
      expect((await fail({ status: 400, body: words("busy") }, { errors: global })).code).toBe("overloaded");
  });

  it("see the body after the definition's quirks", async () => {
    const quirks = [
      {
        name: "Errors are in `fault`.",
        source,
        error: (body: unknown) => ({ error: (body as { fault: object }).fault }) as never,
      },
    ];
    const body = JSON.stringify({ fault: { message: "billing" } });
    expect(await fail({ status: 429, body }, { ...facts, quirks })).toMatchObject({
      code: "quota",
      message: "billing",
    });
  });

  it("match the status in the body of a 200 too", async () => {
    const body = JSON.stringify({ error: { message: "quota", code: 429 } });
    expect(await fail({ body }, facts)).toMatchObject({ code: "quota", status: 429 });
    const as200: ErrorRule[] = [
      { status: 200, body: { "error.message": /quota/ }, code: "forbidden", hint: "No.", source },
    ];
    expect((await fail({ body }, { errors: as200 })).code).toBe("forbidden");
  });
});

describe("an error inside a 200", () => {
  it.each<[object, string, boolean]>([
    [{ error: { message: "W", code: 401 } }, "invalid-key", false],
    [{ error: { message: "W", code: "429" } }, "rate-limit", true],
    [{ error: { message: "W", status: 503 } }, "overloaded", true],
    [{ error: { message: "W", code: "context_length_exceeded" } }, "context-overflow", false],
    [{ error: { message: "W", type: "invalid_request_error" } }, "invalid-request", false],
    // A 200 without an answer is an error. It is retryable only if a rule or a known code says so.
    [{ error: { message: "W" } }, "invalid-response", false],
  ])("%j means %s", async (body, code, retryable) => {
    expect(await fail({ body: JSON.stringify(body) })).toMatchObject({ code, retryable, message: "W" });
  });

  it("keeps the content before it", async () => {
    const { fetch } = fakeFetch({
      body: sse(
        delta({ content: "a" }),
        delta({ tool_calls: [{ index: 0, id: "t", function: { name: "f", arguments: "{" } }] }),
        {
          error: { message: "W", code: 502 },
        },
      ),
    });
    const { error } = await readEvents(acme({}, { fetch }).stream(hello));
    expect(error).toMatchObject({
      code: "server",
      partial: { text: "a", toolCalls: [{ id: "t", name: "f", arguments: "{" }] },
      body: { error: { message: "W", code: 502 } },
    });
  });

  it("may be a finish reason that the definition maps to an error", async () => {
    const errors: ErrorRule[] = [
      {
        body: { "choices.0.finish_reason": "insufficient_system_resource" },
        code: "overloaded",
        retry: true,
        hint: "Again.",
        source,
      },
    ];
    const body = sse(delta({ content: "a" }), finish("insufficient_system_resource"), done);
    const { fetch } = fakeFetch({ body });
    const { events, error } = await readEvents(acme({ errors }, { fetch, maxRetries: 0 }).stream(hello));
    expect(events.map(({ type }) => type)).toEqual(["start", "text"]);
    expect(error).toMatchObject({ code: "overloaded", retryable: true, partial: { text: "a" } });
    const whole = { body: JSON.stringify(completion({ content: "a" }, "insufficient_system_resource")) };
    expect((await fail(whole, { errors })).code).toBe("overloaded");
    // Without the rule, this finish reason throws no error.
    expect((await acme({}, { fetch: fakeFetch({ body }).fetch }).stream(hello).result).finishReason).toBe("error");
  });
});

describe("content-filter", () => {
  it("is a finish reason if the endpoint answers", async () => {
    const { fetch } = fakeFetch({ body: JSON.stringify(completion({ content: "" }, "content_filter")) });
    expect((await acme({}, { fetch }).chat(hello)).finishReason).toBe("content-filter");
  });

  it("is an error code if the endpoint refuses", async () => {
    expect((await fail({ status: 400, body: words("Filtered", { code: "content_filter" }) })).code).toBe(
      "content-filter",
    );
  });
});

describe("a retired model that the endpoint refuses", () => {
  it.each<[number, string]>([
    [404, words("not found")],
    [410, ""],
    [400, words("The model `acme-1` has been decommissioned")],
    [400, words("Model Not Exist")],
    [422, words("Invalid model: acme-1")],
  ])("gives model-retired and names the successor for %d %s", async (status, body) => {
    const error = await fail({ status, body }, {}, { model: "acme-1" });
    expect(error).toMatchObject({ code: "model-retired", status, model: "acme-1", retryable: false });
    expect(error.hint).toContain("acme-2");
  });

  it("also names the successor if a rule says that it is retired", async () => {
    const errors: ErrorRule[] = [{ status: 403, code: "model-retired", hint: "Gone.", source }];
    expect((await fail({ status: 403 }, { errors }, { model: "acme-1" })).hint).toContain("acme-2");
    expect((await fail({ status: 403 }, { errors }, { model: "other" })).hint).toContain("Gone.");
  });

  it.each<[number, string, string]>([
    [401, words("no key"), "invalid-key"],
    [429, words("model acme-1 is busy"), "rate-limit"],
    [400, words("temperature is out of range"), "invalid-request"],
    [500, words("model crashed"), "server"],
  ])("is not reported for %d %s", async (status, body, code) => {
    expect((await fail({ status, body }, {}, { model: "acme-1" })).code).toBe(code);
  });

  it("is not reported for a current or unknown model", async () => {
    expect((await fail({ status: 404 }, {}, { model: "acme-2" })).code).toBe("not-found");
    expect((await fail({ status: 404 }, {}, { model: "constructor" })).code).toBe("not-found");
  });
});

describe("limits, request id and metadata", () => {
  const facts: Partial<Definition> = {
    limits: {
      requestId: "X-Trace",
      headers: {
        "x-limit-requests": { of: "requests", is: "limit", unit: "count" },
        "X-Remaining-Requests": { of: "requests", is: "remaining", unit: "count" },
        "x-reset-requests": { of: "requests", is: "reset", unit: "duration" },
        "x-reset-tokens": { of: "tokens", is: "reset", unit: "epoch-ms" },
        "x-seconds": { of: "tokens", is: "limit", unit: "seconds" },
        "x-ms": { of: "tokens", is: "remaining", unit: "milliseconds" },
      },
    },
    metadata: ["system_fingerprint", "vendor.queue", "choices.0.native", "header:X-Region", "absent"],
  };
  const headers = {
    "x-trace": "t1",
    "x-limit-requests": "100",
    "x-remaining-requests": "0",
    "x-reset-requests": "2m59.56s",
    "x-reset-tokens": String(Date.parse("2026-11-22T12:00:30Z")),
    "x-seconds": "7",
    "x-ms": "8",
    "x-region": "eu",
  };
  const limits = {
    requests: { limit: 100, remaining: 0, reset: 179_560 },
    tokens: { reset: 30_000, limit: 7000, remaining: 8 },
  };

  it("are on results, by the definition's names and units", async () => {
    vi.useFakeTimers({ now: new Date("2026-11-22T12:00:00Z"), toFake: ["Date"] });
    const chunks = [
      { ...(delta({ content: "a" }, { native: "x" }) as object), system_fingerprint: "fp1", vendor: { queue: 1 } },
      { ...(finish() as object), system_fingerprint: null, vendor: { queue: 2 } },
    ];
    const { fetch } = fakeFetch({ body: sse(...chunks), headers });
    const result = await acme(facts, { fetch }).stream(hello).result;
    expect(result.response).toMatchObject({ requestId: "t1", limits });
    expect(result.metadata).toEqual({
      system_fingerprint: "fp1",
      "vendor.queue": 2,
      "choices.0.native": "x",
      "header:X-Region": "eu",
    });
    vi.useRealTimers();
  });

  it("are on errors", async () => {
    vi.useFakeTimers({ now: new Date("2026-11-22T12:00:00Z"), toFake: ["Date"] });
    const error = await fail(
      { status: 429, headers: { ...headers, "retry-after": "3" }, body: '{"vendor":{"queue":3}}' },
      facts,
    );
    expect(error).toMatchObject({
      requestId: "t1",
      limits,
      retryAfter: 3000,
      metadata: { "vendor.queue": 3, "header:X-Region": "eu" },
    });
    vi.useRealTimers();
  });

  it("without a value are left out", async () => {
    const odd = { "x-limit-requests": "many", "x-reset-requests": "soon", "x-remaining-requests": "" };
    const error = await fail({ status: 400, headers: odd }, facts);
    expect(Object.keys(error)).not.toContain("limits");
    expect(Object.keys(error)).not.toContain("requestId");
    expect((await fail({ status: 400, headers: { "x-request-id": "r" } })).requestId).toBe("r");
  });

  it.each([
    ["2m59.56s", 179_560],
    ["1h", 3_600_000],
    ["1h2m3s", 3_723_000],
    ["250ms", 250],
    ["7.66s", 7660],
    ["12", 12_000],
    ["0.5", 500],
    ["1m 2s", 62_000],
    ["", undefined],
    ["soon", undefined],
    ["-1s", undefined],
    ["1x", undefined],
  ])("know the duration %j as %j ms", (text, wanted) => expect(parseDuration(text)).toBe(wanted));
});

describe("a ProviderError", () => {
  it("is recognised by another copy of the package", async () => {
    vi.resetModules();
    const copy = await import("@llm-provider/core");
    const error = new copy.ProviderError("W", { code: "server", provider: "acme" });
    expect(copy.ProviderError).not.toBe(ProviderError);
    expect(error instanceof ProviderError).toBe(false);
    expect(ProviderError.is(error)).toBe(true);
    for (const other of [null, undefined, "x", new Error("W"), { code: "server" }])
      expect(ProviderError.is(other)).toBe(false);
  });

  it("prints only its known fields", async () => {
    const error = await fail({ status: 400, body: words("W") });
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe("ProviderError: W");
    expect(Object.keys(error).sort()).toEqual([
      "body",
      "code",
      "help",
      "hint",
      "model",
      "name",
      "provider",
      "retryable",
      "status",
    ]);
    expect(inspect(error)).toContain("invalid-request");
  });
});
