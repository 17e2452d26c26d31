import { describe, expect, test } from "vitest";
import { cacheKey } from "../src/cache/cache-key.ts";
import {
  breaking,
  delta,
  done,
  failing,
  finish,
  frame,
  saying,
  streaming,
  upstream,
  usage,
  type Answer,
} from "./upstream.ts";
import { chunksOf, contentOf, gateway, hello, post, provider } from "./gateway.ts";

const steady = { ...hello, temperature: 0 };
const key = (name: string): string => `client-key-of-${name}-0123456789`;
type Running = Awaited<ReturnType<typeof cached>>;

async function cached(answers: Answer[], more = "") {
  const { url, requests } = await upstream(...answers);
  const running = await gateway(
    [provider("acme", url)],
    `models: { fast: { targets: ["acme:m-1"] }, slow: { targets: ["acme:m-2"] } }
cache: { ttl: 10m, entries: 10 }
${more}`,
  );
  return { ...running, requests };
}
const cacheOf = async (
  running: Running,
  body: object,
  headers: Record<string, string> = {},
): Promise<string | null> => {
  const response = await post(running, body, { headers });
  await response.text();
  return response.headers.get("x-llm-provider-cache");
};

test("a repeated request is answered from the cache", async () => {
  const running = await cached([saying("Once")]);
  const first = await post(running, steady);
  expect(first.headers.get("x-llm-provider-cache")).toBe("miss");
  const second = await post(running, { ...steady, user: "another", metadata: { a: "b" } });
  expect(second.headers.get("x-llm-provider-cache")).toBe("hit");
  expect(second.headers.get("x-llm-provider-target")).toBe("acme:m-1");
  expect(second.headers.get("x-llm-provider-attempts")).toBe("0");
  expect(second.headers.get("x-llm-provider-cost")).toBe("0");
  const [one, two] = [(await first.json()) as { created: number }, (await second.json()) as { created: number }];
  expect({ ...two, created: 0 }).toEqual({ ...one, created: 0 });
  expect(running.requests.length).toBe(1);
  expect(running.log.list(undefined).map((record) => record.cache)).toEqual(["miss", "hit"]);
});

test("a whole answer can be replayed as a stream, and a streamed one as a whole", async () => {
  const call = { index: 0, id: "call_1", type: "function", function: { name: "look", arguments: '{"a":1}' } };
  const running = await cached([
    streaming(
      delta({ reasoning_content: "Hm" }),
      delta({ content: "I " }),
      delta({ content: "look" }),
      delta({ tool_calls: [call] }),
      finish("tool_calls"),
      usage(),
      done,
    ),
  ]);
  const whole = (await (await post(running, steady)).json()) as { choices: [{ message: unknown }] };
  const replayed = await post(running, { ...steady, stream: true, stream_options: { include_usage: true } });
  expect(replayed.headers.get("x-llm-provider-cache")).toBe("hit");
  const { chunks, isDone } = await chunksOf(replayed);
  expect(isDone).toBe(true);
  expect(contentOf(chunks)).toBe("I look");
  const deltas = chunks.flatMap((chunk) => chunk.choices.map((one: { delta: object }) => one.delta));
  expect(deltas.map((one) => one.reasoning_content ?? "").join("")).toBe("Hm");
  const calls = deltas.flatMap((one) => one.tool_calls ?? []);
  expect(calls[0]).toMatchObject({ index: 0, id: "call_1", type: "function", function: { name: "look" } });
  expect(calls.map((one) => one.function.arguments).join("")).toBe('{"a":1}');
  expect(chunks.at(-2).choices[0].finish_reason).toBe("tool_calls");
  expect(chunks.at(-1).usage).toEqual({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, cost: 0 });

  const other = { ...steady, seed: 1, stream: true };
  const streamed = await chunksOf(await post(running, other));
  expect(contentOf(streamed.chunks)).toBe("I look");
  const again = await post(running, { ...other, stream: false });
  expect(again.headers.get("x-llm-provider-cache")).toBe("hit");
  const { choices } = (await again.json()) as typeof whole;
  expect(choices[0].message).toEqual(whole.choices[0].message);
  expect(running.requests.length).toBe(2);
});

test("the cache is used with temperature 0, with a seed, or with x-cache: force", async () => {
  const running = await cached([saying("Hi")]);
  const twice = async (body: object, headers: Record<string, string> = {}) => [
    await cacheOf(running, body, headers),
    await cacheOf(running, body, headers),
  ];
  expect(await twice(hello)).toEqual(["off", "off"]);
  expect(await twice({ ...hello, temperature: 1 })).toEqual(["off", "off"]);
  expect(await twice({ ...hello, temperature: null })).toEqual(["off", "off"]);
  expect(await twice({ ...hello, seed: null })).toEqual(["off", "off"]);
  expect(await twice({ ...hello, seed: 0 })).toEqual(["miss", "hit"]);
  expect(await twice(hello, { "x-cache": "Force" })).toEqual(["miss", "hit"]);
  expect(await twice(steady)).toEqual(["miss", "hit"]);
  const without = await gateway(
    [provider("acme", (await upstream(saying("Hi"))).url)],
    `models: { fast: { targets: ["acme:m-1"] } }`,
  );
  expect((await post(without, steady)).headers.get("x-llm-provider-cache")).toBe("off");
});

test("Cache-Control is honoured", async () => {
  const running = await cached([saying("Hi")]);
  const asked = (value: string) => cacheOf(running, steady, { "cache-control": value });
  expect(await asked("no-store")).toBe("off");
  expect(await asked("max-age=0, only-if-cached")).toBe("off");
  expect((await post(running, steady, { headers: { "cache-control": "only-if-cached" } })).status).toBe(504);
  expect(await asked("no-cache")).toBe("miss");
  expect(await asked("max-age=60")).toBe("hit");
  expect(await asked("only-if-cached")).toBe("hit");
  expect(await asked("no-cache")).toBe("miss");
  expect(await asked("max-age=0")).toBe("miss");
  expect(await asked("no-store")).toBe("off");
  expect(await asked("")).toBe("hit");
});

// OrcaRouter-Lite#84, lobster#129, #130, litellm#25673: keys made from a list of known parameters miss some.
describe("complaint 9: the key contains everything that can change the answer", () => {
  const differing: object[] = [
    { max_tokens: 5 },
    { max_completion_tokens: 5 },
    { top_p: 0.5 },
    { stop: ["a"] },
    { tools: [{ type: "function", function: { name: "f" } }] },
    { tool_choice: "none" },
    { response_format: { type: "json_object" } },
    { reasoning_effort: "low" },
    { a_parameter_of_tomorrow: { deep: [1, { er: 2 }] } },
    { a_parameter_of_tomorrow: { deep: [1, { er: 3 }] } },
    { a_parameter_of_tomorrow: null },
    { seed: 1 },
    { model: "slow" },
    { models: ["slow"] },
    { messages: [{ role: "user", content: "Hello " }] },
    { messages: [{ role: "system", content: "Hello" }] },
    { messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }] },
    { messages: [{ role: "user", content: "Hello", name: "ann" }] },
  ];
  test.each(differing.map((part) => [JSON.stringify(part), part] as const))("%s", async (_, part) => {
    const running = await cached([saying("Hi")]);
    expect(await cacheOf(running, steady)).toBe("miss");
    expect(await cacheOf(running, { ...steady, ...part })).toBe("miss");
    expect(await cacheOf(running, { ...steady, ...part })).toBe("hit");
    expect(await cacheOf(running, steady)).toBe("hit");
  });

  test("an absent temperature differs from 0, and the order of fields does not matter", () => {
    const scope = { client: undefined, targets: ["a"], headers: [] };
    const keys = [
      cacheKey(scope, { messages: [], seed: 1 }),
      cacheKey(scope, { messages: [], seed: 1, temperature: 0 }),
      cacheKey(scope, { messages: [], seed: 1, temperature: null }),
      cacheKey({ ...scope, client: "a" }, { messages: [], seed: 1 }),
      cacheKey({ ...scope, targets: ["b"] }, { messages: [], seed: 1 }),
      cacheKey({ ...scope, headers: ["x-a: 1"] }, { messages: [], seed: 1 }),
      cacheKey(scope, { messages: [["a"], "b"], seed: 1 }),
      cacheKey(scope, { messages: ["a", ["b"]], seed: 1 }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    const one = cacheKey(scope, { messages: [{ role: "user", content: "x" }], seed: 1 });
    expect(cacheKey(scope, { seed: 1, messages: [{ content: "x", role: "user" }], stream: true })).toBe(one);
  });

  test("a client gets no answer that another one paid for", async () => {
    const running = await cached([saying("Hi")], `clients: { a: { key: ${key("a")} }, b: { key: ${key("b")} } }`);
    const as = (name: string) => cacheOf(running, steady, { authorization: `Bearer ${key(name)}` });
    expect([await as("a"), await as("b"), await as("a"), await as("b")]).toEqual(["miss", "miss", "hit", "hit"]);
  });

  test("forwarded headers are part of the key", async () => {
    const { url } = await upstream(saying("Hi"));
    const running = await gateway(
      [provider("acme", url)],
      `cache: { ttl: 1m }\nmodels: { fast: { targets: [{ to: "acme:m-1", forward: [x-tenant] }] } }`,
    );
    const as = (tenant: string) => cacheOf(running as Running, steady, { "x-tenant": tenant });
    expect([await as("a"), await as("b"), await as("a")]).toEqual(["miss", "miss", "hit"]);
  });
});

describe("the cache never keeps", () => {
  test.each<[string, Answer, object]>([
    ["an error", failing(400, "No"), {}],
    ["a stream that is cut", breaking("cut", delta({ content: "Ha" })), { stream: true }],
    ["a stream without an end", breaking("end", delta({ content: "Ha" })), { stream: true }],
    [
      "an error in a stream",
      streaming(delta({ content: "Ha" }), frame({ error: { message: "Busy" } })),
      { stream: true },
    ],
    [
      "an answer that reached its length limit",
      streaming(delta({ content: "Ha" }), finish("length"), usage(), done),
      {},
    ],
    [
      "an answer that a content filter ended",
      streaming(delta({ content: "Ha" }), finish("content_filter"), usage(), done),
      {},
    ],
  ])("%s", async (_, answer, part) => {
    const running = await cached([answer, saying("Hi")]);
    await (await post(running, { ...steady, ...part })).text();
    const next = await post(running, steady);
    expect(next.headers.get("x-llm-provider-cache")).toBe("miss");
    expect(JSON.stringify(await next.json())).toContain("Hi");
  });

  test("a stream that the caller left", async () => {
    const running = await cached([breaking("silence", delta({ content: "Ha" })), saying("Hi")]);
    const leaving = new AbortController();
    const left = await post(running, { ...steady, stream: true }, { signal: leaving.signal });
    await left.body!.getReader().read();
    leaving.abort();
    await expect.poll(() => running.requests[0]!.isAborted).toBe(true);
    expect(await cacheOf(running, steady)).toBe("miss");
  });

  test("more answers than entries: the least recently used ones are dropped", async () => {
    const running = await cached([saying("Hi")]);
    for (let seed = 0; seed <= 10; seed++) await cacheOf(running, { ...hello, seed });
    expect(await cacheOf(running, { ...hello, seed: 10 })).toBe("hit");
    expect(await cacheOf(running, { ...hello, seed: 0 })).toBe("miss");
  });
});

describe("single flight", () => {
  const slowly: Answer = async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(delta({ content: "One " }));
    await new Promise((resolve) => setTimeout(resolve, 150));
    response.end(delta({ content: "answer" }) + finish() + usage() + done);
  };

  test("50 equal requests at the same time are sent once, and each caller gets a stream or a whole answer as it asked", async () => {
    const running = await cached([slowly]);
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const isStream = index % 2 === 0;
        const response = await post(running, { ...steady, stream: isStream });
        const text = isStream
          ? contentOf((await chunksOf(response)).chunks)
          : ((await response.json()) as { choices: [{ message: { content: string } }] }).choices[0].message.content;
        return [response.headers.get("x-llm-provider-cache"), text];
      }),
    );
    expect(running.requests.length).toBe(1);
    expect(answers.filter(([cache]) => cache === "miss").length).toBe(1);
    expect(new Set(answers.map(([, text]) => text))).toEqual(new Set(["One answer"]));
    expect(running.log.list(undefined).filter((record) => (record.cost ?? 0) > 0).length).toBe(1);
  });

  test("the answer continues for the others when the first caller leaves, and is charged once", async () => {
    let goOn = (): void => {};
    const rest = new Promise<void>((resolve) => (goOn = resolve));
    const running = await cached([
      async (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(delta({ content: "One " }));
        await rest;
        response.end(delta({ content: "answer" }) + finish() + usage() + done);
      },
    ]);
    const leaving = new AbortController();
    const first = await post(running, { ...steady, stream: true }, { signal: leaving.signal });
    const second = post(running, { ...steady, stream: true });
    await expect.poll(() => running.log.list(undefined).length).toBe(2);
    await first.body!.getReader().read();
    leaving.abort();
    await expect.poll(() => running.log.list(undefined).map((record) => record.status)).toContain(499);
    goOn();
    const { chunks, isDone } = await chunksOf(await second);
    expect([contentOf(chunks), isDone]).toEqual(["One answer", true]);
    expect(running.requests.length).toBe(1);
    await expect.poll(() => running.log.list(undefined)[0]!.cost).toBeCloseTo(0.000007, 9);
    expect(running.log.list(undefined).map((record) => record.status)).toEqual([499, 200]);
    expect(await cacheOf(running, steady)).toBe("hit");
  });

  test("the request is aborted when the last caller leaves, even before the first content", async () => {
    const running = await cached([breaking("silence"), saying("Hi")]);
    const leaving = [new AbortController(), new AbortController()];
    const waiting = Promise.allSettled(
      leaving.map(({ signal }, index) => post(running, { ...steady, stream: index === 0 }, { signal })),
    );
    await expect.poll(() => running.log.list(undefined).length).toBe(2);
    leaving[0]!.abort();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(running.requests[0]!.isAborted).toBe(false);
    leaving[1]!.abort();
    await expect.poll(() => running.requests[0]!.isAborted).toBe(true);
    await waiting;
    expect(await cacheOf(running, steady)).toBe("miss");
  });

  test("all callers get the error", async () => {
    const running = await cached([
      async (response) => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        response.writeHead(400, { "content-type": "application/json" });
        response.end('{"error":{"message":"No"}}');
      },
    ]);
    const statuses = await Promise.all([1, 2, 3].map(async () => (await post(running, steady)).status));
    expect(statuses).toEqual([400, 400, 400]);
    expect(running.requests.length).toBe(1);
  });
});

test("a kept answer does not count against a budget", async () => {
  const running = await cached(
    [saying("Hi")],
    `clients: { a: { key: ${key("a")}, rate: { requests: 1, per: month }, budget: { tokens: 110, per: month } } }`,
  );
  const ask = (body: object) => cacheOf(running, body, { authorization: `Bearer ${key("a")}` });
  expect(await ask(steady)).toBe("miss");
  for (let index = 0; index < 5; index++) expect(await ask(steady)).toBe("hit");
});
