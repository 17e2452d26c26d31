import type { JsonObject } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { afterEach, expect, test, vi } from "vitest";
import { type ProbeReport, toDefinition } from "../src/index.ts";
import { kindModel, probeAt, reply, serve } from "./http-endpoint.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

function named(report: ProbeReport, verdict: string): string[] {
  return Object.entries(report.parameters)
    .filter(([, one]) => one.verdict === verdict)
    .map(([name]) => name)
    .sort();
}

const rejected = (status = 400) => ({ kind: "rejected" as const, status });
const page = "<html><head><title>Welcome</title></head><body>hello</body></html>";

test("an HTML page with 200 for /models is not a list, but does not stop a probe with a named model", async () => {
  const server = serve(kindModel(), { models: { ...reply(200, page), headers: { "content-type": "text/html" } } });
  const { report } = await probeAt(server, { model: "m" });
  expect(report.ok).toBe(true);
  expect(report.models).toEqual([]);
  expect(named(report, "rejected")).toEqual([]);
  const without = await probeAt(serve(kindModel(), { models: reply(200, page) }));
  expect(without.report.stopped?.why).toContain("--model");
  expect(without.report.stopped?.why).toContain("The list of models cannot be read: ");
});

test("an empty list is distinguished from an unreadable one", async () => {
  const { report } = await probeAt(serve(kindModel(), { models: reply(200, { data: [] }) }));
  expect(report.stopped?.why).toBe("The endpoint lists no models. Name one with --model.");
});

test("a probe works without /models", async () => {
  const { report } = await probeAt(serve(kindModel(), { models: reply(404, { error: "no route" }) }), { model: "m" });
  expect(report).toMatchObject({ ok: true, models: [], model: "m" });
});

test("the probe uses the first listed model that answers a plain chat", async () => {
  const server = serve(kindModel(), {
    models: reply(200, { data: [{ id: "embed-1" }, { id: "old" }, { id: "m" }] }),
    chat: ({ model }) => (model === "m" ? undefined : reply(404, { error: { message: `no ${String(model)}` } })),
  });
  expect((await probeAt(server)).report.model).toBe("m");
});

test("400 without text: the set is halved, and each refused parameter is confirmed alone", async () => {
  const truths = { top_k: rejected(), store: rejected(), logprobs: rejected(), user: rejected() };
  const { report, session } = await probeAt(serve(kindModel({ truths, style: "empty", unknown: "ignored" })));
  expect(named(report, "rejected")).toEqual(["logprobs", "store", "top_k", "user"]);
  expect(report.refusals.names).toBe("none");
  expect(session.accepted).toBeLessThanOrEqual(27);
  const alone = session.answers.find(({ number }) => number === report.parameters["top_k"]!.evidence[0]);
  expect(Object.keys(alone!.sent).filter((name) => name.startsWith("top_"))).toEqual(["top_k"]);
});

test("an error text that names an innocent field blames none", async () => {
  const truths = { seed: rejected(), verbosity: rejected(), min_p: rejected() };
  const model = kindModel({ truths, style: "quoted", naming: "wrong", unknown: "ignored" });
  const { report } = await probeAt(serve(model));
  expect(named(report, "rejected")).toEqual(["min_p", "seed", "verbosity"]);
});

test("an error text that keeps naming a removed field is ignored", async () => {
  const server = serve(kindModel({ truths: { seed: rejected() }, unknown: "ignored" }), {
    chat: (body) => (body["seed"] === undefined ? undefined : reply(400, { error: { message: "temperature is odd" } })),
  });
  const { report } = await probeAt(server);
  expect(named(report, "rejected")).toEqual(["seed"]);
});

test("429 without Retry-After at request 5 ends the probe, with its progress and without a definition", async () => {
  const server = serve(kindModel(), {
    chat: (_, number) => (number === 4 ? reply(429, { error: "slow down" }) : undefined),
  });
  const { report } = await probeAt(server);
  expect(report).toMatchObject({ ok: false, stopped: { status: 429, after: 4 }, definition: "", librechat: "" });
  expect(server.requests).toHaveLength(5);
});

test("the probe waits once for a 429 with Retry-After; a second one ends it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const wait = (number: number) => (number === 2 || number === 6 ? reply(429, {}, { "retry-after": "30" }) : undefined);
  const server = serve(kindModel(), { chat: (_, number) => wait(number) });
  const running = probeAt(server);
  await vi.advanceTimersByTimeAsync(31_000);
  await vi.advanceTimersByTimeAsync(31_000);
  const { report } = await running;
  expect(report.stopped).toMatchObject({ status: 429 });
  expect(server.requests).toHaveLength(7);
});

test.each([401, 402, 403])("%i midway ends the probe at once", async (status) => {
  const server = serve(kindModel(), { chat: (_, number) => (number > 6 ? reply(status, { error: "no" }) : undefined) });
  const { report } = await probeAt(server);
  expect(report.stopped).toMatchObject({ status, after: 7 });
  expect(server.requests).toHaveLength(8);
});

test("an endpoint that turns texts into numbers has no ignored parameters", async () => {
  const { report } = await probeAt(serve(kindModel({ types: "coerces", naming: "all", style: "pydantic" })));
  expect(named(report, "ignored")).toEqual([]);
  expect(report.refusals.wrongTypes).toBe(400);
});

test("an endpoint that ignores everything: visible effects are reported as ignored, nothing as refused", async () => {
  const truths = Object.fromEntries(
    ["n", "stop", "logprobs", "response_format", "temperature", "seed", "user"].map((name) => [
      name,
      { kind: "ignored" as const },
    ]),
  );
  const { report } = await probeAt(serve(kindModel({ truths, types: "taken", unknown: "ignored" })));
  expect(named(report, "rejected")).toEqual([]);
  expect(named(report, "ignored")).toEqual(["logprobs", "n", "response_format", "stop"]);
  expect(report.unknownParameters).toEqual({ verdict: "ignored", status: 0 });
  expect(report.refusals.wrongTypes).toBe(0);
});

test("recognises an endpoint that only streams", async () => {
  const { report } = await probeAt(serve(kindModel({ stream: "only", truths: { top_k: rejected() } })));
  expect(report.ok).toBe(true);
  expect(named(report, "rejected")).toEqual(["top_k"]);
  expect(report.streaming.done).toBe(true);
});

test("recognises an endpoint that never streams", async () => {
  const { report } = await probeAt(serve(kindModel({ stream: "never", truths: { top_k: rejected() } })));
  expect(named(report, "rejected")).toEqual(["top_k"]);
  expect(report.streaming).toMatchObject({ toolCalls: "unknown", usage: "unknown" });
  expect(report.parameters["stream_options"]!.verdict).toBe("unknown");
});

test("one whole body in answer to a stream request means that the endpoint does not stream", async () => {
  const body = { id: "1", choices: [{ index: 0, message: { role: "assistant", content: "one two three four" } }] };
  const server = serve(kindModel(), { chat: ({ stream }) => (stream === true ? reply(200, body) : undefined) });
  const { report } = await probeAt(server);
  expect(report.streaming).toMatchObject({ toolCalls: "unknown", usage: "unknown", done: false });
});

test("a minimum of 16 or 32 tokens does not make the limit a refused parameter", async () => {
  const sixteen = await probeAt(serve(kindModel({ minTokens: 16 })));
  expect(sixteen.report.parameters["max_tokens"]!.verdict).toBe("accepted");
  const more = await probeAt(serve(kindModel({ minTokens: 32 })));
  expect(more.report.parameters["max_tokens"]!.verdict).toBe("accepted");
  expect(more.report.parameters["max_completion_tokens"]!.verdict).toBe("accepted");
});

test("errors inside 200 prove nothing", async () => {
  const error = { error: { message: "Unsupported parameter: top_k", code: 400 } };
  const server = serve(kindModel(), { chat: (body) => (body["top_k"] === undefined ? undefined : reply(200, error)) });
  const { report } = await probeAt(server);
  expect(named(report, "rejected")).toEqual([]);
  expect(report.parameters["top_k"]!.verdict).toBe("unknown");
  const always = await probeAt(serve(kindModel(), { chat: () => reply(200, error) }));
  expect(always.report).toMatchObject({ ok: false, definition: "" });
});

test("30 seconds before each answer: the probe waits, or stops and says so", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const slow = serve(kindModel());
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    return slow.options.fetch!(url, init);
  };
  const patient = probeAt(slow, { fetch });
  for (let at = 0; at < 70; at++) await vi.advanceTimersByTimeAsync(30_000);
  expect((await patient).report.ok).toBe(true);
  const hasty = probeAt(slow, { fetch, timeout: 5000 });
  for (let at = 0; at < 10; at++) await vi.advanceTimersByTimeAsync(30_000);
  expect((await hasty).report).toMatchObject({ ok: false, stopped: { status: 0 } });
});

test.each([
  ["500", reply(500, { error: "oops: top_k" })],
  ["404", reply(404, { error: { message: "No endpoints found that support top_k" } })],
  ["413", reply(413, { error: "too large" })],
  ["408", reply(408, { error: "timeout" })],
  ["an HTML page with 400", { ...reply(400, page), headers: { "content-type": "text/html" } }],
  ["a redirect", reply(302, "", { location: "https://other.example/" })],
  ["a broken body", reply(200, '{"choices":[{"mess')],
])("%s for one parameter leaves it unknown", async (_, answer) => {
  const server = serve(kindModel({ truths: { store: rejected() } }), {
    chat: (body) => (body["top_k"] === undefined ? undefined : answer),
  });
  const { report } = await probeAt(server);
  expect(named(report, "rejected")).toEqual(["store"]);
  expect(report.parameters["top_k"]!.verdict).toBe("unknown");
  expect(server.calls.every(({ url }) => String(url).startsWith("https://api.acme.ai/"))).toBe(true);
});

test("an endpoint that dies midway: its silence proves nothing", async () => {
  const server = serve(kindModel(), { chat: (_, number) => (number > 5 ? reply(503, "") : undefined) });
  const { report } = await probeAt(server);
  expect(report).toMatchObject({ ok: false, stopped: { status: 503 } });
  expect(named(report, "rejected")).toEqual([]);
});

test("a message that repeats the whole request blames nothing", async () => {
  const server = serve(kindModel({ truths: { seed: rejected() }, unknown: "ignored" }), {
    chat: (body) =>
      body["seed"] === undefined
        ? undefined
        : reply(400, { error: { message: `Bad request: ${JSON.stringify(body)}` } }),
  });
  const { report, session } = await probeAt(server);
  expect(named(report, "rejected")).toEqual(["seed"]);
  expect(session.accepted).toBeLessThanOrEqual(27);
});

test("a list of supported parameters blames none of them", async () => {
  const server = serve(kindModel({ truths: { seed: rejected() }, unknown: "ignored" }), {
    chat: (body) =>
      body["seed"] === undefined
        ? undefined
        : reply(400, { error: "Unknown field 'seed'. Supported parameters: temperature, top_p, max_tokens, stop" }),
  });
  const { report } = await probeAt(server);
  expect(named(report, "rejected")).toEqual(["seed"]);
});

test("no part of the report contains the key, whatever the endpoint repeats", async () => {
  const key = "sk-canary-9f8e7d6c5b4a39281706f5e4d3c2b1a0";
  vi.stubEnv("ACME_API_KEY", key);
  const server = serve(kindModel({ truths: { seed: rejected() } }), {
    chat: (body): ReturnType<typeof reply> | undefined =>
      body["seed"] === undefined
        ? undefined
        : reply(400, { error: { message: `seed: your key ${key} may not`, param: "seed" } }),
  });
  const { report, endpoint } = await probeAt(server, { keyEnv: "ACME_API_KEY", errors: true });
  expect(named(report, "rejected")).toEqual(["seed"]);
  expect(server.calls.some(({ init }) => JSON.stringify(init.headers).includes(key))).toBe(true);
  expect(JSON.stringify([report, endpoint.log])).not.toContain(key.slice(10, 24));
});

test("finds a conflict of two parameters, and reports neither as refused", async () => {
  const conflicts: [string, string][] = [["temperature", "top_p"]];
  const { report } = await probeAt(serve(kindModel({ conflicts, style: "empty" })));
  expect(report.conflicts).toEqual(conflicts);
  expect(named(report, "rejected")).toEqual([]);
});

test("--errors records the messages for an unknown model and a wrong key, which would otherwise end a probe", async () => {
  vi.stubEnv("ACME_API_KEY", "right-key-4f5a6b7c8d9e0f1a");
  const server = serve(kindModel({ truths: { seed: rejected() } }), {
    chat: ({ model }) =>
      model === "no-such-model" ? reply(403, { error: { message: "no access to no-such-model" } }) : undefined,
  });
  const fetch = async (url: string, init: RequestInit): Promise<Response> =>
    new Headers(init.headers).get("authorization")?.includes("right-key")
      ? server.options.fetch!(url, init)
      : new Response('{"error":{"message":"bad key"}}', { status: 401 });
  const { report } = await probeAt(server, { fetch, keyEnv: "ACME_API_KEY", errors: true });
  expect(report.ok).toBe(true);
  expect(report.errors.map(({ of, status }) => [of, status])).toEqual([
    ["probe_made_up_field", 400],
    ["seed", 400],
    ["unknown-model", 403],
    ["invalid-key", 401],
  ]);
  const { errors = [] } = toDefinition(report, { id: "acme", name: "Acme", keyEnv: "ACME_API_KEY", day: "2026-11-28" });
  expect(errors.map(({ code, status }) => [code, status])).toEqual([
    ["unsupported-parameter", 400],
    ["unsupported-parameter", 400],
    ["not-found", 403],
    ["invalid-key", 401],
  ]);
});

test("another model family is compared with the first model", async () => {
  const server = serve(kindModel({ truths: { seed: rejected() } }), {
    models: reply(200, { data: [{ id: "m" }, { id: "thinker-2" }, { id: "other" }] }),
    chat: (body) =>
      body["model"] === "thinker-2" && body["temperature"] !== undefined
        ? reply(422, { error: { message: "temperature is fixed", param: "temperature" } })
        : undefined,
  });
  const { report } = await probeAt(server, { families: ["thinker", "missing"] });
  expect(report.families).toEqual([{ model: "thinker-2", refused: { temperature: 422 } }]);
  const made = toDefinition(report, { id: "acme", name: "Acme", keyEnv: undefined, day: "2026-11-28" });
  expect(made.parameters!["temperature"]).toEqual({ rejected: 422, models: ["thinker-2"], source: "probe" });
  expect(checkDefinition(made)).toEqual([]);
});

test("plain HTTP to another host is refused before any request", async () => {
  const server = serve(kindModel());
  await expect(probeAt(server, { baseURL: "http://192.168.1.5/v1" })).rejects.toMatchObject({
    code: "invalid-request",
  });
  expect(server.requests).toEqual([]);
});

test("a cancelled probe continues from its answers, and repeats no request", async () => {
  const model = kindModel({ truths: { seed: rejected() } });
  const whole = await probeAt(serve(model));
  const controller = new AbortController();
  let log: readonly { sent: JsonObject }[] = [];
  const first = serve(model);
  await expect(
    probeAt(first, {
      signal: controller.signal,
      onAnswer: (answers) => {
        log = [...answers];
        if (answers.length === 9) controller.abort();
      },
    }),
  ).rejects.toMatchObject({ code: "aborted" });
  const second = serve(model);
  const { report } = await probeAt(second, { earlier: log as never });
  expect(report.parameters).toEqual(whole.report.parameters);
  expect(second.requests.length).toBe(whole.report.requests - 9);
});
