import { chatCompletions } from "@llm-provider/core";
import { describe, expect, test } from "vitest";
import { canary, chunksOf, contentOf, gateway, hello, post, provider } from "./gateway.ts";
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

// Each group is a complaint about other gateways, with links to the issues.

const two = `models: { fast: { targets: ["one:m-1", "two:m-2"] } }\n`;
const only = `models: { fast: { targets: ["one:m-1"] } }\n`;
const streamed = { ...hello, stream: true };

/** A gateway over two endpoints. */
async function over(first: Answer[], second: Answer[], more = "") {
  const [one, other] = [await upstream(...first), await upstream(...second)];
  const running = await gateway([provider("one", one.url), provider("two", other.url)], two + more);
  return { running, one, other };
}

async function overOne(answers: Answer[], more = "") {
  const one = await upstream(...answers);
  return { running: await gateway([provider("one", one.url)], only + more), one };
}

describe("1: 200, then an error or silence before content, and no fallback (bifrost#5395, llm-gateway#1656, litellm#28216, #22296, #6957, #38610)", () => {
  const role = delta({ role: "assistant", content: "" });
  test.each<[string, Answer]>([
    [
      "an error as the first event",
      streaming(frame({ error: { message: "You exceeded your quota", code: "insufficient_quota" } })),
    ],
    ["an error after a chunk with only a role", streaming(role, frame({ error: { message: "boom" } }))],
    ["an error of an unknown type", streaming(role, frame({ type: "error", message: "?" }))],
    [
      "a rate limit in the stream",
      streaming(role, frame({ error: { message: "slow down", code: "rate_limit_exceeded" } })),
    ],
    [
      "an error as a JSON body",
      (response) =>
        void response.writeHead(200, { "content-type": "application/json" }).end('{"error":{"message":"no"}}'),
    ],
    [
      "an HTML page",
      (response) =>
        void response.writeHead(200, { "content-type": "text/html" }).end("<html><title>Maintenance</title></html>"),
    ],
    ["nothing", (response) => void response.writeHead(200).end()],
    ["only an end mark", streaming(done)],
    ["comments and an end", breaking("end", ": keep-alive\n\n", ": keep-alive\n\n")],
    ["a role and an end", breaking("end", role)],
    ["a role and a cut", breaking("cut", role)],
    ["a role and silence", breaking("silence", role)],
    ["comments and silence", breaking("silence", ": keep-alive\n\n")],
    ["broken JSON", streaming('data: {"choices":[{"delta":{"content":"a\n\n')],
    ["silence before the headers", () => {}],
    ["a closed connection", (response) => void response.destroy()],
  ])("%s", async (_, answer) => {
    const { running } = await over([answer], [saying("yes")], "timeouts: { headers: 500ms, firstContent: 400ms }");
    const [response, whole] = await Promise.all([post(running, streamed), post(running)]);
    expect(response.headers.get("x-llm-provider-target")).toBe("two:m-2");
    const { chunks, isDone } = await chunksOf(response);
    expect([contentOf(chunks), isDone]).toEqual(["yes", true]);
    expect(await whole.json()).toMatchObject({ choices: [{ message: { content: "yes" } }] });
  });

  test("an answer that is not streamed falls back even after content, since nothing was sent yet", async () => {
    const { running } = await over([breaking("cut", delta({ content: "half" }))], [saying("yes")]);
    expect(await (await post(running)).json()).toMatchObject({ choices: [{ message: { content: "yes" } }] });
  });
});

describe("2 and 3: answers of two models are never joined (litellm#29808, #18229, ai-retry#51, llmr#41)", () => {
  test("after content the stream ends with an error and without [DONE], even if targets are left", async () => {
    const { running, other } = await over([breaking("cut", delta({ content: "half" }))], [saying("no")]);
    const { chunks, isDone } = await chunksOf(await post(running, streamed));
    expect([contentOf(chunks), isDone]).toEqual(["half", false]);
    expect(chunks.at(-1)).toMatchObject({
      error: { code: "network_error", message: expect.any(String), hint: expect.any(String) },
    });
    expect(other.requests).toEqual([]);
    expect(running.log.list(undefined)[0]).toMatchObject({ status: 502, error: { code: "network" } });
  });

  test.each([
    ["text", { content: "a" }],
    ["reasoning", { reasoning_content: "a" }],
    ["an image", { images: [{ image_url: { url: "data:image/png;base64,AA==" } }] }],
    ["a tool call", { tool_calls: [{ index: 0, id: "t", function: { name: "f", arguments: "{" } }] }],
  ])("%s counts as content", async (_, part) => {
    const { running, other } = await over([breaking("cut", delta(part))], [saying("no")]);
    const { isDone } = await chunksOf(await post(running, streamed));
    expect([isDone, other.requests.length]).toEqual([false, 0]);
  });

  test("an error after content keeps its message", async () => {
    const { running } = await over(
      [streaming(delta({ content: "half" }), frame({ error: { message: "GPU fell over" } }))],
      [saying("no")],
    );
    const { chunks, isDone } = await chunksOf(await post(running, streamed));
    expect(isDone).toBe(false);
    expect(chunks.at(-1).error.message).toBe("GPU fell over");
  });
});

describe("4: retries multiply (QueryWeaver#714, changedetection.io#4384, aider#5165)", () => {
  test("a target gets one request per round", async () => {
    for (const rounds of [1, 2, 3]) {
      const { running, one, other } = await over(
        [failing(500)],
        [failing(503)],
        `rounds: ${rounds}\nhealth: { failures: 10 }`,
      );
      const response = await post(running);
      expect([one.requests.length, other.requests.length]).toEqual([rounds, rounds]);
      expect(response.headers.get("x-llm-provider-attempts")).toBe(String(2 * rounds));
    }
  });

  test("a second round repeats only temporary failures, and waits as long as the endpoint asks", async () => {
    const { running, one, other } = await over(
      [failing(402, "Pay")],
      [failing(429, "Slow", { "retry-after": "1" }), failing(503, "Busy", { "retry-after-ms": "300" }), saying("yes")],
      "rounds: 3",
    );
    const before = performance.now();
    const response = await post(running);
    expect(response.status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(1295);
    expect([one.requests.length, other.requests.length]).toEqual([1, 3]);
  });

  test("a wait of more than five seconds is left to the client", async () => {
    const { running, one } = await overOne([failing(429, "Slow", { "retry-after": "6" })]);
    const before = performance.now();
    const response = await post(running);
    expect([response.status, response.headers.get("retry-after"), one.requests.length]).toEqual([429, "6", 1]);
    expect(performance.now() - before).toBeLessThan(2000);
  });

  test.each([
    ["an invalid request", failing(400, "`temperature` must be below 2"), 400],
    ["content that a filter refuses", failing(400, "no", {}, { code: "content_filter" }), 400],
    [
      "a request that is too long for every target",
      failing(400, "Too long", {}, { code: "context_length_exceeded" }),
      400,
    ],
  ])("%s is not tried at other targets, and does not count against the target", async (_, answer, status) => {
    const one = await upstream(answer);
    const other = await upstream(saying("no"));
    const running = await gateway(
      [provider("one", one.url), provider("two", other.url)],
      `models: { fast: { targets: ["one:m-2", "two:m-1"] } }\nhealth: { failures: 1 }`,
    );
    for (let i = 0; i < 3; i++) expect((await post(running)).status).toBe(status);
    expect([one.requests.length, other.requests.length]).toEqual([3, 0]);
  });

  test("a request that is too long goes only to targets with a larger window", async () => {
    const { running, other } = await over(
      [failing(400, "Too long", {}, { code: "context_length_exceeded" })],
      [saying("yes")],
      "health: { failures: 1 }",
    );
    for (let i = 0; i < 2; i++) expect((await post(running)).headers.get("x-llm-provider-target")).toBe("two:m-2");
    expect(other.requests).toHaveLength(2);
  });
});

describe("5: cooldowns are ignored (litellm#34836, #31876, #3274, #40958)", () => {
  test("a rate-limited target is not used for as long as it asks", async () => {
    const { running, one, other } = await over(
      [failing(429, "Slow", { "retry-after": "1" }), saying("first")],
      [saying("second")],
    );
    for (let i = 0; i < 5; i++) expect((await post(running)).headers.get("x-llm-provider-target")).toBe("two:m-2");
    expect([one.requests.length, other.requests.length]).toEqual([1, 5]);
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect((await post(running)).headers.get("x-llm-provider-target")).toBe("one:m-1");
  });

  test("a target that always fails gets three requests out of twenty-five", async () => {
    const { running, one } = await over([failing(500)], [saying("yes")], "health: { failures: 3, open: 60s }");
    for (let i = 0; i < 25; i++) await post(running);
    expect(one.requests).toHaveLength(3);
  });

  test("only one of many concurrent requests probes a target after its cooldown", async () => {
    let isDown = true;
    let answer!: () => void;
    const gate = new Promise<void>((resolve) => (answer = resolve));
    const slowly: Answer = async (response, request) => {
      if (isDown) return failing(500)(response, request);
      await gate;
      return saying("first")(response, request);
    };
    const { running, one, other } = await over([slowly], [saying("second")], "health: { failures: 1, open: 50ms }");
    await post(running);
    await new Promise((resolve) => setTimeout(resolve, 60));
    isDown = false;
    const asked = Array.from({ length: 20 }, () => post(running));
    // The probe is answered only after all other requests.
    await expect.poll(() => other.requests.length, { timeout: 10_000 }).toBe(20);
    answer();
    const targets = (await Promise.all(asked)).map((response) => response.headers.get("x-llm-provider-target"));
    expect([targets.filter((target) => target === "one:m-1").length, one.requests.length]).toEqual([1, 2]);
    expect((await post(running)).headers.get("x-llm-provider-target")).toBe("one:m-1");
  });

  test("if no target is available, the status is 429 with the shortest wait after a rate limit, otherwise 503", async () => {
    const limited = await over(
      [failing(429, "Slow", { "retry-after": "30" })],
      [failing(429, "Slow", { "retry-after": "20" })],
    );
    await post(limited.running);
    const response = await post(limited.running, streamed);
    expect([
      response.status,
      response.headers.get("retry-after"),
      response.headers.get("x-llm-provider-attempts"),
    ]).toEqual([429, "20", "0"]);
    expect(await response.json()).toMatchObject({
      error: {
        message: "No target of fast can be asked now.",
        type: "rate_limit_exceeded",
        code: "rate_limit_exceeded",
      },
    });
    expect([limited.one.requests.length, limited.other.requests.length]).toEqual([1, 1]);

    const broken = await over([failing(500)], [failing(500)], "rounds: 1\nhealth: { failures: 1, open: 10s }");
    await post(broken.running);
    expect((await post(broken.running)).status).toBe(503);
  });
});

describe("6: disabled too early, or never (new-api#4585, #4100, #6078, #2899, #7294, one-api#1197)", () => {
  test("one failure does not disable a target", async () => {
    const { running } = await over([failing(500), saying("first")], [saying("second")]);
    expect((await post(running)).headers.get("x-llm-provider-target")).toBe("two:m-2");
    expect((await post(running)).headers.get("x-llm-provider-target")).toBe("one:m-1");
  });

  test("failures among many good answers do not add up", async () => {
    const good = saying("first");
    const pattern = [failing(500), ...Array.from({ length: 9 }, () => good)];
    const { running, one } = await over(
      [...pattern, ...pattern, ...pattern],
      [saying("second")],
      "health: { failures: 3, of: 10 }",
    );
    for (let i = 0; i < 30; i++) await post(running);
    expect(one.requests).toHaveLength(30);
  });

  test.each([
    [401, "Incorrect API key"],
    [402, "Pay"],
    [403, "Not yours"],
  ])(
    "after %i the target is out until the configuration changes, with a warning, and the next one answers",
    async (status, message) => {
      const { running, one } = await over(
        [failing(status, `${message} ${canary}`), saying("first")],
        [saying("second")],
      );
      for (let i = 0; i < 3; i++) expect((await post(running)).headers.get("x-llm-provider-target")).toBe("two:m-2");
      expect(one.requests).toHaveLength(1);
      expect(running.warnings).toEqual([expect.stringMatching(/^one:m-1 is out until the configuration changes: /)]);
      expect(running.warnings.join("")).not.toContain(canary.slice(10, 18));
      const health = (await (await fetch(`${running.url}/health`)).json()) as { targets: object[] };
      expect(health.targets).toMatchObject([
        { target: "one:m-1", state: "out" },
        { target: "two:m-2", state: "up" },
      ]);
      expect(await running.reconfigure(two)).toEqual([]);
      expect((await post(running)).headers.get("x-llm-provider-target")).toBe("one:m-1");
    },
  );

  test("a refused key disables the target in all public models, but not with another key", async () => {
    const one = await upstream((response, request) =>
      (request.headers.authorization?.endsWith("other") ? saying("yes") : failing(401, "no"))(response, request),
    );
    const running = await gateway(
      [provider("one", one.url)],
      `models: { a: { targets: ["one:m-1"] }, b: { targets: ["one:m-1"] }, c: { targets: [{ to: "one:m-1", key: other }] } }`,
    );
    const statusOf = async (model: string) => (await post(running, { ...hello, model })).status;
    expect([await statusOf("a"), await statusOf("b"), await statusOf("c")]).toEqual([401, 503, 200]);
    expect(one.requests).toHaveLength(2);
  });

  test("a request asks a target once, even if several of its models contain it", async () => {
    const one = await upstream(failing(500));
    const running = await gateway(
      [provider("one", one.url)],
      `models: { a: { targets: ["one:m-1"] }, b: { targets: ["one:m-1"] } }\nrounds: 1`,
    );
    await post(running, { ...hello, models: ["a", "b", "a"], model: undefined });
    expect(one.requests).toHaveLength(1);
  });
});

describe("8: token counts of streams (any-llm#974, mnfst#1758, litellm#38348, #38504)", () => {
  test("are requested from endpoints that count only on request, and hidden from clients that did not ask", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url, { dialect: chatCompletions({ usage: "asked" }) })], only);
    const { text } = await chunksOf(await post(running, streamed));
    expect(text).not.toContain("usage");
    expect(one.requests[0]!.body.stream_options).toEqual({ include_usage: true });
    expect(running.log.list(undefined)[0]!.usage).toMatchObject({ inputTokens: 3, outputTokens: 2 });
    const refused = await chunksOf(await post(running, { ...streamed, stream_options: { include_usage: false } }));
    expect(refused.text).not.toContain("usage");
    expect(one.requests[1]!.body.stream_options).toEqual({ include_usage: true });
  });

  test("are null if the client asked but the endpoint never gives them", async () => {
    const { running } = await overOne([streaming(delta({ content: "Hi" }), finish(), done)]);
    const { chunks, isDone } = await chunksOf(
      await post(running, { ...streamed, stream_options: { include_usage: true } }),
    );
    expect([chunks.at(-1), isDone]).toMatchObject([{ choices: [], usage: null }, true]);
  });
});

describe("10: the target continues after the client has left (better-ccflare#360, clodex#170, sub2api#4408, Kilo#4795)", () => {
  const endless: Answer = async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    while (!response.destroyed) {
      response.write(delta({ content: "more " }));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  test.each<[string, Answer, object]>([
    ["while it streams", endless, streamed],
    ["before the first content", breaking("silence", delta({ role: "assistant" })), streamed],
    ["before the headers", () => {}, streamed],
    ["while a whole answer is generated", endless, hello],
  ])(
    "%s: the target is aborted at once, the log says 499, and the target's health does not change",
    async (_, answer, body) => {
      const { running, one } = await overOne([answer], "health: { failures: 1 }");
      const controller = new AbortController();
      const asked = post(running, body, { signal: controller.signal }).then((response) => response.text());
      await expect.poll(() => one.requests.length).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 30));
      controller.abort();
      const before = performance.now();
      await expect(asked).rejects.toThrow();
      await expect.poll(() => one.requests[0]!.isAborted).toBe(true);
      expect(performance.now() - before).toBeLessThan(500);
      await expect.poll(() => running.log.list(undefined)[0]!.status).toBe(499);
      const health = (await (await fetch(`${running.url}/health`)).json()) as { targets: object[] };
      expect(health.targets).toMatchObject([{ state: "up" }]);
    },
  );
});

describe("11: buffering (dstack#4269, llama.cpp#24774, Floway#226)", () => {
  test("headers forbid buffering, and each chunk arrives as soon as it is written", async () => {
    const { running } = await overOne([
      async (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        for (const word of ["a", "b", "c"]) {
          response.write(delta({ content: word }));
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
        response.end(finish() + done);
      },
    ]);
    const response = await post(running, streamed);
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    const times: number[] = [];
    for await (const _ of response.body!) times.push(performance.now());
    expect(times.length).toBeGreaterThanOrEqual(3);
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(100);
  });

  test("a slow client slows the target down and loses nothing", async () => {
    const word = "x".repeat(20_000);
    const count = 1000;
    let written = 0;
    const { running } = await overOne([
      async (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        for (; written < count && !response.destroyed; written++)
          if (!response.write(delta({ content: word })))
            await new Promise((resolve) => response.once("drain", resolve));
        response.end(finish() + done);
      },
    ]);
    const response = await post(running, streamed);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(written).toBeLessThan(count);
    const { chunks, isDone } = await chunksOf(response);
    expect([contentOf(chunks).length, isDone]).toEqual([word.length * count, true]);
  });
});

describe("12: headers (litellm#32202, #27410, #20373, #13901, #9802)", () => {
  const headers = {
    authorization: "Bearer sk-callers-own-key-0123456789",
    "x-api-key": "callers-own",
    cookie: "session=callers-own",
    "x-user": "u1",
    "x-trace": "t1",
    "x-stainless-lang": "js",
    "user-agent": "callers-own/1",
  };
  test("the caller's key and cookies are never forwarded, and other headers only if they are listed", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway(
      [provider("one", one.url)],
      `models: { fast: { targets: ["one:m-1"] }, traced: { targets: [{ to: "one:m-1", forward: [X-Trace] }] } }`,
    );
    await post(running, hello, { headers });
    await post(running, { ...hello, model: "traced" }, { headers });
    for (const request of one.requests) {
      expect(request.headers.authorization).toBe(`Bearer ${canary}`);
      expect(JSON.stringify(request.headers)).not.toContain("callers-own");
      expect(request.headers).not.toHaveProperty("x-user");
      expect(request.headers).not.toHaveProperty("x-stainless-lang");
    }
    expect(one.requests.map((request) => request.headers["x-trace"])).toEqual([undefined, "t1"]);
  });
});

describe("15: broken streams count as success, and errors lose their status (bifrost#5665)", () => {
  test.each<[string, Answer]>([
    ["cut", breaking("cut", delta({ content: "half" }))],
    ["ended without a finish reason", breaking("end", delta({ content: "half" }))],
    ["silent", breaking("silence", delta({ content: "half" }))],
  ])(
    "%s: the stream ends with an error and without [DONE], and counts as a failure of the target",
    async (_, answer) => {
      const { running } = await overOne([answer], "timeouts: { idle: 100ms }\nhealth: { failures: 1, open: 10s }");
      const { chunks, isDone } = await chunksOf(await post(running, streamed));
      expect(isDone).toBe(false);
      expect(chunks.at(-1)).toHaveProperty("error");
      expect((await post(running, streamed)).status).toBe(503);
    },
  );

  test.each([400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 502, 503, 529])(
    "an error with status %i keeps its status",
    async (status) => {
      const { running } = await overOne([failing(status, "Because")], "rounds: 1");
      const response = await post(running);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({
        error: { message: "Because", attempts: [{ target: "one:m-1", status, message: "Because" }] },
      });
    },
  );

  test("an answer with the finish reason `error` is an error", async () => {
    const { running, other } = await over(
      [streaming(delta({ content: "half" }), finish("error"), done)],
      [saying("yes")],
    );
    const { chunks, isDone } = await chunksOf(await post(running, streamed));
    expect([isDone, chunks.at(-1)]).toMatchObject([false, { error: { type: "server_error" } }]);
    expect(await (await post(running)).json()).toMatchObject({ choices: [{ message: { content: "yes" } }] });
    expect(other.requests).toHaveLength(1);
    const silent = await overOne([streaming(delta({ role: "assistant" }), finish("error"), done)]);
    expect((await post(silent.running, streamed)).status).toBe(500);
  });

  test("the gateway waits for usage after the finish reason, and a cut after it is not an error", async () => {
    const { running } = await overOne([breaking("cut", delta({ content: "Hi" }) + finish() + usage())]);
    expect((await chunksOf(await post(running, streamed))).isDone).toBe(true);
  });
});
