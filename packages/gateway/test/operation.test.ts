import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Context, propagation, trace, type Span, type SpanOptions } from "@opentelemetry/api";
import { describe, expect, onTestFinished, test } from "vitest";
import { breaking, delta, failing, saying, upstream, type Answer } from "./upstream.ts";
import { canary, gateway, hello, post, provider } from "./gateway.ts";

const key = "client-key-0123456789abcdef";
const headers = { authorization: `Bearer ${key}` };
const models = 'models: { fast: { targets: ["one:m-1", "two:m-1"] }, cheap: { targets: ["two:m-2"] } }';

async function over(one: Answer[], two: Answer[], more = "") {
  const [first, second] = await Promise.all([upstream(...one), upstream(...two)]);
  return gateway([provider("one", first.url), provider("two", second.url)], `${models}\n${more}`);
}
const clients = (more: string): string => `clients: { chat: { key: ${key}${more} } }`;
const metricsOf = async ({ url }: { url: string }): Promise<string> => {
  const response = await fetch(`${url}/metrics`, { headers });
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  return response.text();
};

describe("GET /metrics", () => {
  test("counts requests, errors, fallbacks, times, tokens and costs", async () => {
    const running = await over(
      [failing(503)],
      [saying("Hi")],
      `cache: { ttl: 1m }\n${clients(", budget: { usd: 1, tokens: 5000, per: day }")}`,
    );
    await (await post(running, { ...hello, stream: true }, { headers })).text();
    await (await post(running, { ...hello, model: "cheap", temperature: 0 }, { headers })).text();
    await (await post(running, { ...hello, model: "cheap", temperature: 0 }, { headers })).text();
    await (await post(running, { ...hello, model: undefined, models: ["fast", "cheap"] }, { headers })).text();
    await (await post(running, { model: "a model of somebody" }, { headers })).text();
    await (await post(running, "{", { headers })).text();
    const text = await metricsOf(running);
    const lines = text.split("\n").filter((line) => !line.startsWith("#"));
    for (const line of [
      'llm_provider_requests_total{client="chat",model="fast",target="two:m-1",status="200"} 1',
      'llm_provider_requests_total{client="chat",model="cheap",target="two:m-2",status="200"} 2',
      'llm_provider_requests_total{client="chat",model="several",target="two:m-1",status="200"} 1',
      'llm_provider_requests_total{client="chat",model="",target="",status="404"} 1',
      'llm_provider_requests_total{client="chat",model="",target="",status="400"} 1',
      'llm_provider_errors_total{client="chat",model="",code="not-found"} 1',
      'llm_provider_errors_total{client="chat",model="",code="invalid-request"} 1',
      'llm_provider_fallbacks_total{model="fast",target="one:m-1",code="overloaded"} 1',
      'llm_provider_cache_total{client="chat",result="miss"} 1',
      'llm_provider_cache_total{client="chat",result="hit"} 1',
      'llm_provider_first_content_seconds_count{model="fast",target="two:m-1"} 1',
      'llm_provider_duration_seconds_count{model="cheap",target="two:m-2"} 2',
      'llm_provider_tokens_total{client="chat",model="cheap",target="two:m-2",kind="input"} 3',
      'llm_provider_tokens_total{client="chat",model="cheap",target="two:m-2",kind="output"} 2',
      'llm_provider_cost_usd_total{client="chat",model="cheap",target="two:m-2"} 0.000011',
      'llm_provider_target_up{target="one:m-1"} 1',
      'llm_provider_budget_left{client="chat",counts="tokens"} 4985',
      "llm_provider_store_up 1",
    ])
      expect(lines).toContain(line);
    const left = lines.find((line) => line.startsWith('llm_provider_budget_left{client="chat",counts="usd"}'));
    expect(Number(left!.split(" ").at(-1))).toBeCloseTo(1 - 0.000025, 9);
    // Exactly the names that docs/gateway-operation.md lists.
    const page = readFileSync(join(import.meta.dirname, "../../../docs/gateway-operation.md"), "utf8");
    const promised = [...page.matchAll(/^\| `(llm_provider_\w+)` \|/gm)].map(([, name]) => name);
    const served = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
    expect(served.sort()).toEqual(promised.sort());
    expect(text).not.toContain("somebody");
  });

  test("shows a target in a cooldown as not up", async () => {
    const running = await over([failing(429, "Slow", { "retry-after": "60" })], [saying("Hi")]);
    await (await post(running)).text();
    expect(await metricsOf(running)).toContain('llm_provider_target_up{target="one:m-1"} 0');
  });

  test("needs a key if there are clients, and no label contains text from a caller", async () => {
    const running = await over(
      [saying("Hi")],
      [saying("Hi")],
      clients(", perUser: x-user, budget: { usd: 1, per: day }"),
    );
    expect((await fetch(`${running.url}/metrics`)).status).toBe(401);
    for (let index = 0; index < 20; index++)
      await (
        await post(
          running,
          { ...hello, model: index % 2 ? "fast" : `model-${index}-${canary}`, user: `user-${index}` },
          { headers: { ...headers, "x-user": `user-${index}` } },
        )
      ).text();
    const text = await metricsOf(running);
    expect(text).not.toMatch(/user-\d|model-\d/);
    expect(text).not.toContain(canary.slice(10, 18));
    expect(text).not.toContain("budget_left{");
  });

  test("counts a client that left as 499 and aborted", async () => {
    const running = await over([breaking("silence", delta({ content: "Hm" }))], []);
    const leaving = new AbortController();
    const left = await post(running, { ...hello, stream: true }, { signal: leaving.signal });
    await left.body!.getReader().read();
    leaving.abort();
    await expect
      .poll(() => metricsOf(running))
      .toContain('llm_provider_errors_total{client="",model="fast",code="aborted"} 1');
  });
});

describe("the log", () => {
  test("has one line of JSON per request, without content and with masked keys", async () => {
    const running = await over([failing(503)], [saying("A secret answer")]);
    await (await post(running, { ...hello, messages: [{ role: "user", content: "A secret question" }] })).text();
    await (await post(running, { model: "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789" })).text();
    expect(running.lines.length).toBe(2);
    const [answered, refused] = running.lines.map((line) => JSON.parse(line));
    expect(running.lines.every((line) => line.endsWith("}\n") && !line.trim().includes("\n"))).toBe(true);
    expect(answered).toMatchObject({
      id: expect.stringMatching(/^req_/),
      path: "/v1/chat/completions",
      model: "fast",
      target: "two:m-1",
      status: 200,
      cost: 0.000007,
      usage: { inputTokens: 3 },
      attempts: [{ target: "one:m-1", code: "overloaded" }, { target: "two:m-1" }],
    });
    expect(refused).toMatchObject({ status: 404, error: { code: "not-found" } });
    expect(running.lines.join("")).not.toMatch(/secret|abcdefghijkl/);
  });

  test("contains messages or is off if the configuration says so", async () => {
    const running = await over([saying("Four")], [], "log: content");
    await (await post(running)).text();
    await (await post(running, { ...hello, stream: true })).text();
    for (const line of running.lines)
      expect(JSON.parse(line)).toMatchObject({ input: [hello.messages, []], answer: "Four" });
    expect(running.lines.length).toBe(2);
    await running.reconfigure(`${models}\nlog: none`);
    await (await post(running)).text();
    expect(running.lines.length).toBe(2);
  });
});

test("OpenTelemetry gets a span for each request below the caller's, and one for each attempt", async () => {
  interface Told {
    name: string;
    options: SpanOptions;
    status?: unknown;
    end?: unknown;
    parent: unknown;
  }
  const told: Told[] = [];
  const tracer = {
    startSpan(name: string, options: SpanOptions, parent: unknown) {
      const one: Told = { name, options, parent };
      told.push(one);
      return {
        setStatus: (status: unknown) => void (one.status = status),
        end: (time: unknown) => void (one.end = time),
        spanContext: () => ({ traceId: "1".repeat(32), spanId: String(told.length).padStart(16, "0"), traceFlags: 1 }),
      } as unknown as Span;
    },
  };
  trace.setGlobalTracerProvider({ getTracer: () => tracer as never });
  propagation.setGlobalPropagator({
    inject() {},
    fields: () => [],
    extract: (base, carrier) =>
      base.setValue(Symbol.for("traceparent"), (carrier as Record<string, string>)["traceparent"]),
  });
  onTestFinished(() => {
    trace.disable();
    propagation.disable();
  });
  const running = await over([failing(503)], [saying("Hi")]);
  const traceparent = `00-${"1".repeat(32)}-${"2".repeat(16)}-01`;
  await (await post(running, hello, { headers: { traceparent } })).text();
  await expect.poll(() => told.length).toBe(3);
  const [request, failed, answered] = told;
  expect(request).toMatchObject({
    name: "chat fast",
    options: {
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "two",
        "gen_ai.request.model": "fast",
        "gen_ai.response.model": "m-1",
        "gen_ai.response.finish_reasons": ["stop"],
        "gen_ai.usage.input_tokens": 3,
        "gen_ai.usage.output_tokens": 2,
        "http.response.status_code": 200,
        "llm_provider.attempts": 2,
      },
    },
  });
  expect((request!.parent as Context).getValue(Symbol.for("traceparent"))).toBe(traceparent);
  expect(failed).toMatchObject({ name: "attempt one:m-1", options: { attributes: { "error.type": "overloaded" } } });
  expect(answered).toMatchObject({ name: "attempt two:m-1" });
  expect(JSON.stringify(told)).not.toContain("Hello");
});

describe("stopping", () => {
  test("lets streams end and accepts no further requests", async () => {
    let finish = (): void => {};
    const running = await over(
      [
        async (response, request) => {
          await new Promise<void>((resolve) => (finish = resolve));
          await saying("The whole answer")(response, request);
        },
      ],
      [],
    );
    // An idle keep-alive connection must not delay the stop.
    await (await fetch(`${running.url}/health`)).text();
    const streaming = post(running, { ...hello, stream: true });
    await expect.poll(() => running.log.list(undefined).length).toBe(1);
    const closing = running.close({ grace: 10_000 });
    await expect(fetch(`${running.url}/health`)).rejects.toThrow();
    finish();
    expect(await (await streaming).text()).toContain("[DONE]");
    const before = Date.now();
    await closing;
    expect(Date.now() - before).toBeLessThan(2000);
  });

  test("cuts and charges streams that exceed the grace period", async () => {
    const running = await over(
      [breaking("silence", delta({ content: "word ".repeat(40) }))],
      [],
      clients(", budget: { tokens: 1000, per: day }"),
    );
    const response = await post(running, { ...hello, stream: true }, { headers });
    const reader = response.body!.getReader();
    await reader.read();
    await running.close({ grace: 100 });
    await expect(reader.read()).rejects.toThrow();
    expect(running.log.list(undefined)[0]).toMatchObject({ status: 499, isEstimated: true });
  });
});
