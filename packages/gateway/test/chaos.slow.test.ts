import type { ServerResponse } from "node:http";
import type { ErrorCode } from "@llm-provider/core";
import type { TwinFault } from "@llm-provider/testing";
import { describe, expect, test } from "vitest";
import { canary, chunksOf, contentOf, gateway, hello, post, provider } from "./gateway.ts";
import { at, factories, gatewayOver, startTwins } from "./twins.ts";
import { delta, done, failing, finish, saying, streaming, upstream, type Answer } from "./upstream.ts";

// The first of two targets has every fault that can happen on the wire. Before the first content, the second target answers and
// the client notices nothing. After it, the stream ends with an error object and without `[DONE]`.
const patience = 250;
const timeouts = `rounds: 1\ntimeouts: { headers: ${patience}ms, firstContent: ${patience}ms, idle: ${patience}ms }`;

/** The effect of a fault on a stream: the second target answers, the stream breaks off with this error, or nothing happens. */
type Outcome = "moves on" | "nothing" | { breaksOff: ErrorCode };

type Case = readonly [fault: TwinFault, sse: Outcome, /** Where it differs. */ ndjson?: Outcome];

/** All faults of a twin. A new fault does not compile until it is listed here. */
const faults: { readonly [fault in keyof Required<TwinFault>]: readonly Case[] } = {
  delay: [
    [{ delay: 20 }, "nothing"],
    [{ delay: 3 * patience }, "moves on"],
  ],
  pause: [[{ pause: 5 }, "nothing"]],
  cutAt: [
    [{ cutAt: 0 }, "moves on"],
    [{ cutAt: 40 }, "moves on"],
    [{ cutAt: 1200 }, { breaksOff: "network" }],
  ],
  reset: [[{ reset: true }, "moves on"]],
  hang: [
    [{ hang: "headers" }, "moves on"],
    // Chat Completions begins with a chunk without content, NDJSON with the first content.
    [{ hang: "body" }, "moves on", { breaksOff: "timeout" }],
  ],
  malformed: [[{ malformed: true }, { breaksOff: "invalid-response" }]],
  errorInStream: [
    // An error inside a stream has no status.
    [{ errorInStream: { status: 500, message: "The machine is on fire." } }, { breaksOff: "invalid-response" }],
  ],
  rateLimit: (["seconds", "milliseconds", "date", "text", "nothing"] as const).map(
    (as) => [{ rateLimit: { as, wait: 3000 } }, "moves on"] as const,
  ),
};

/** One provider for each stream format. */
const firsts = [
  ["groq", "openai/gpt-oss-20b"],
  ["ollama", "llama3.2"],
] as const;
const cases = firsts.flatMap(([id, model]) =>
  Object.values(faults).flatMap((some) =>
    some.map(([fault, sse, ndjson = sse]) => ({ id, model, fault, outcome: id === "ollama" ? ndjson : sse })),
  ),
);

describe("a fault of a twin", () => {
  test.each(cases)("$id: $fault → $outcome", async ({ id, model, fault, outcome }) => {
    const { running, first, second } = await start();
    const response = await post(running, { ...hello, stream: true });
    expect(response.status).toBe(200);
    const { chunks, isDone, text } = await chunksOf(response);
    const target = response.headers.get("x-llm-provider-target");
    const [record] = running.log.list(undefined);
    expect(text).not.toContain(canary.slice(10, 18));
    expect(first.requests.length).toBe(1);
    if (outcome === "moves on" || outcome === "nothing") {
      expect(isDone).toBe(true);
      expect(contentOf(chunks)).toMatch(
        outcome === "nothing" ? /^This is the twin of (Groq|Ollama)/ : /^This is the twin of OpenRouter/,
      );
      expect(target).toBe(outcome === "nothing" ? `${id}:${model}` : "openrouter:openai/gpt-oss-20b");
      expect(second.requests.length).toBe(outcome === "nothing" ? 0 : 1);
      expect(record).toMatchObject({ status: 200 });
    } else {
      expect(isDone).toBe(false);
      expect(chunks.at(-1)).toMatchObject({
        error: {
          message: expect.stringMatching(fault.errorInStream?.message ?? /./),
          type: expect.any(String),
          hint: expect.any(String),
        },
      });
      expect(target).toBe(`${id}:${model}`);
      expect(second.requests).toEqual([]);
      expect(record).toMatchObject({ target, error: { code: outcome.breaksOff } });
    }

    // A client that waits for a whole answer has got nothing yet, so the second target answers in any case.
    const again = await start();
    const whole = await post(again.running);
    expect(whole.status).toBe(200);
    const { choices } = (await whole.json()) as { choices: { message: { content: string } }[] };
    expect(choices[0]!.message.content).toMatch(
      outcome === "nothing" ? /^This is the twin of (Groq|Ollama)/ : /^This is the twin of OpenRouter/,
    );

    async function start() {
      const definitions = factories
        .map(({ definition }) => definition)
        .filter((one) => one.id === id || one.id === "openrouter");
      const twins = await startTwins(definitions, (one) => (one.id === id ? { scenarios: [{ fault }] } : {}));
      const targets = [at(twins, id, model), at(twins, "openrouter", "openai/gpt-oss-20b")];
      const overTwins = await gatewayOver({ fast: targets }, timeouts);
      return { running: overTwins, first: twins.get(id)!, second: twins.get("openrouter")! };
    }
  });
});

/** Faults that twins do not have. */
const before: { readonly [name: string]: Answer } = {
  "an HTML page with 200": (response) =>
    void response.writeHead(200, { "content-type": "text/html" }).end("<h1>Welcome</h1>"),
  "an empty body with 200": (response) => void response.writeHead(200, { "content-type": "text/event-stream" }).end(),
  "204 and no body": (response) => void response.writeHead(204).end(),
  "a redirect": (response) => void response.writeHead(307, { location: "http://127.0.0.1:1/v1" }).end(),
  "only an end mark": streaming(done),
  "a first chunk without content, and the end": streaming(delta({ role: "assistant", content: "" })),
  "a first chunk without content, then an error": streaming(
    delta({ role: "assistant", content: "" }),
    'data: {"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}\n\n',
  ),
  "an error as the first event of a 200": streaming('data: {"error":{"message":"overloaded","code":503}}\n\n'),
  "an error as JSON with 200": (response) =>
    void response.writeHead(200, { "content-type": "application/json" }).end('{"error":{"message":"no"}}'),
  "only comments": async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    while (!response.destroyed) {
      response.write(": keep-alive\n\n");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  },
  "invalid JSON at once": streaming("data: {]\n\n"),
  "a reset after the headers": (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    setTimeout(() => response.destroy(), 5);
  },
  "garbage instead of HTTP": (response) => void response.socket!.end("SSH-2.0-OpenSSH_9.6\r\n"),
  "headers without end": (response) => void response.socket!.write("HTTP/1.1 200 OK\r\ncontent-type: text/event"),
  "a body shorter than its content-length": (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
    response.write('{"choices":[');
    setTimeout(() => response.destroy(), 5);
  },
  ...Object.fromEntries(
    [401, 402, 403, 404, 408, 429, 500, 502, 503, 504, 529].map((status) => [
      `status ${status}`,
      failing(status, "No"),
    ]),
  ),
};

describe("before the first content, an endpoint sends", () => {
  test.each(Object.entries(before))("%s: the second target answers", async (_, answer) => {
    const asked = [true, false].map(async (stream) => {
      const one = await upstream(answer);
      const two = await upstream(saying("yes"));
      const running = await gateway([provider("one", one.url), provider("two", two.url)], `${pair}\n${timeouts}`);
      const response = await post(running, { ...hello, stream });
      expect(response.status).toBe(200);
      expect(response.headers.get("x-llm-provider-target")).toBe("two:m-2");
      expect(response.headers.get("x-llm-provider-attempts")).toBe("2");
      expect(one.requests.length).toBe(1);
      if (!stream) expect(await response.json()).toMatchObject({ choices: [{ message: { content: "yes" } }] });
      else expect(contentOf((await chunksOf(response)).chunks)).toBe("yes");
    });
    await Promise.all(asked);
  });
});

const word = delta({ content: "Once " });
const after: { readonly [name: string]: Answer } = {
  silence: (response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write(word),
  "its end without a finish reason": streaming(word),
  "a reset": (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(word);
    setTimeout(() => response.destroy(), 20);
  },
  "an error object": streaming(word, 'data: {"error":{"message":"overloaded"}}\n\n'),
  "an error in the choice": streaming(
    word,
    'data: {"choices":[{"index":0,"delta":{},"error":{"message":"died","code":502},"finish_reason":"error"}]}\n\n',
  ),
  "invalid JSON": streaming(word, "data: {]\n\n", delta({ content: "upon" }), finish("stop"), done),
  "a torn frame": streaming(word, 'data: {"id":"c1","choices":[{"index":0,"del'),
};

describe("after the first content, an endpoint sends", () => {
  test.each(Object.entries(after))("%s: the stream ends with an error", async (_, answer) => {
    const one = await upstream(answer);
    const two = await upstream(saying("yes"));
    const running = await gateway([provider("one", one.url), provider("two", two.url)], `${pair}\n${timeouts}`);
    const response = await post(running, { ...hello, stream: true });
    expect(response.status).toBe(200);
    const { chunks, isDone } = await chunksOf(response);
    expect(isDone).toBe(false);
    expect(contentOf(chunks)).toMatch(/^Once /);
    expect(chunks.at(-1)).toMatchObject({ error: { message: expect.any(String), attempts: [{ target: "one:m-1" }] } });
    expect(two.requests).toEqual([]);
    expect(running.log.list(undefined)[0]).toMatchObject({ target: "one:m-1", error: { code: expect.any(String) } });

    const whole = await post(running);
    expect(whole.headers.get("x-llm-provider-target")).toBe("two:m-2");
    expect(await whole.json()).toMatchObject({ choices: [{ message: { content: "yes" } }] });
  });
});

const pair = `models: { fast: { targets: ["one:m-1", "two:m-2"] } }`;

test("a hundred faults leave no requests or timers behind", async () => {
  // A refused key would disable the target for good.
  const faulty = Object.entries({ ...before, ...after }).flatMap(([name, answer]) =>
    /40[123]|then an error/.test(name) ? [] : [answer],
  );
  const open = new Set<ServerResponse>();
  let turn = 0;
  const one = await upstream((response, request) => {
    open.add(response);
    response.on("close", () => open.delete(response));
    return faulty[turn++ % faulty.length]!(response, request);
  });
  const two = await upstream(saying("yes"));
  const running = await gateway(
    [provider("one", one.url), provider("two", two.url)],
    // Keeps the breaker from opening, so that the first target is always tried.
    `${pair}\n${timeouts}\nhealth: { failures: 1000, of: 1000, open: 1ms }`,
  );
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  await post(running).then((response) => response.text());
  let atFirst = 0;
  // Polling uses a timer too, so one poll counts both.
  await expect.poll(() => (atFirst = timers())).toBeGreaterThanOrEqual(0);
  const asked = Array.from({ length: 100 }, async (_, index) => {
    const controller = new AbortController();
    // Every fifth client leaves early.
    if (index % 5 === 0) setTimeout(() => controller.abort(), (index * 7) % patience);
    const response = await post(running, { ...hello, stream: index % 2 === 0 }, { signal: controller.signal });
    return response.text();
  });
  await Promise.allSettled(asked);
  await expect.poll(() => open.size).toBe(0);
  await expect.poll(() => running.log.list(undefined).filter(({ total }) => total === undefined)).toEqual([]);
  await expect.poll(timers).toBeLessThanOrEqual(atFirst);
  expect(turn).toBeGreaterThan(50);
});
