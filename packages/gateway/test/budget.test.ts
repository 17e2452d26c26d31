import { describe, expect, test } from "vitest";
import { breaking, delta, done, failing, finish, saying, streaming, upstream, usage, type Answer } from "./upstream.ts";
import { canary, chunksOf, gateway, hello, post, provider } from "./gateway.ts";

const key = "client-key-0123456789abcdef";
const auth = { authorization: `Bearer ${key}` };

/** m-1 costs $1 per million input tokens and $2 per million output tokens, and answers with at most 100 tokens: $0.0002 plus the input. */
async function limited(limits: string, answers: Answer[], more = ""): Promise<Awaited<ReturnType<typeof gateway>>> {
  const { url } = await upstream(...answers);
  return gateway(
    [provider("acme", url)],
    `models: { fast: { targets: ["acme:m-1"] } }
clients: { chat: { key: ${key}, ${limits} } }
${more}`,
  );
}
const ask = (running: { url: string }, body: object = {}, headers: Record<string, string> = {}) =>
  post(running, { ...hello, ...body }, { headers: { ...auth, ...headers } });

const spentBy = async (running: Awaited<ReturnType<typeof gateway>>) => running.log.list(undefined).at(-1)!;

describe("a budget", () => {
  test("refuses a request that may cost more than is left, in OpenAI's format and with all headers", async () => {
    // A request holds 7 tokens of input and 100 of output: $0.000207. An answer costs 3 · 1 + 2 · 2 millionths.
    const running = await limited("budget: { usd: 0.000211, per: day }", [saying("Hi")]);
    const first = await ask(running);
    expect(first.status).toBe(200);
    expect(first.headers.get("x-llm-provider-cost")).toBe("0.000007");
    const refused = await ask(running);
    const { error } = (await refused.json()) as { error: Record<string, string> };
    expect(refused.status).toBe(429);
    expect(error).toMatchObject({ type: "insufficient_quota", code: "insufficient_quota", param: null });
    expect(error["message"]).toMatch(
      /^The budget of this client is \$0\.000211 a day: \$0\.000204 are left, and this request/,
    );
    expect(error["hint"]).toContain("max_tokens");
    expect(refused.headers.get("x-should-retry")).toBe("false");
    expect(refused.headers.get("x-llm-provider-limit")).toBe("budget.usd");
    expect(refused.headers.get("x-llm-provider-request-id")).toMatch(/^req_/);
    const tomorrow = (Date.UTC(...dayAfter()) - Date.now()) / 1000;
    expect(Math.abs(Number(refused.headers.get("retry-after")) - tomorrow)).toBeLessThan(5);
    // A shorter answer still fits.
    expect((await ask(running, { max_tokens: 5 })).status).toBe(200);
    expect((await ask(running, { max_completion_tokens: 5 })).status).toBe(200);
  });

  test("names the limit that a single request exceeds by itself", async () => {
    const running = await limited("budget: { usd: 0.0001, per: month }", [saying("Hi")]);
    const refused = await ask(running);
    expect(await refused.json()).toMatchObject({
      error: { hint: expect.stringContaining("more than the whole budget") },
    });
    const next = new Date();
    const end = Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 1);
    expect(Math.abs(Number(refused.headers.get("retry-after")) - (end - Date.now()) / 1000)).toBeLessThan(5);
  });

  test("reserves at the price of the most expensive target", async () => {
    const { url } = await upstream(saying("Hi"));
    const running = await gateway(
      [provider("acme", url)],
      `models: { fast: { targets: ["acme:m-2", "acme:m-1"] } }
clients: { chat: { key: ${key}, budget: { usd: 0.000212, per: day } } }`,
    );
    // At m-2 this is 7 · 3 + 103 · 1, at m-1 7 · 1 + 103 · 2.
    const { status } = await ask(running, { max_tokens: 103 });
    expect(status).toBe(429);
  });

  test("can be in tokens", async () => {
    const running = await limited("budget: { tokens: 120, per: hour }", [saying("Hi")]);
    expect((await ask(running)).status).toBe(200);
    expect((await ask(running)).status).toBe(200);
    const refused = await ask(running, { max_tokens: 110 });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("x-llm-provider-limit")).toBe("budget.tokens");
    expect(await refused.json()).toMatchObject({
      error: { message: expect.stringContaining("120 tokens a hour: 110 tokens") },
    });
  });

  test("applies to each user, and nobody else sees the user's name", async () => {
    const running = await limited("perUser: X-User, budget: { tokens: 111, per: hour }", [saying("Hi")]);
    expect((await ask(running, { max_tokens: 100 }, { "x-user": "ann" })).status).toBe(200);
    const refused = await ask(running, { max_tokens: 100 }, { "x-user": "ann" });
    expect(refused.status).toBe(429);
    expect(await refused.text()).toMatch(/The budget of this user is/);
    expect((await ask(running, { max_tokens: 100 }, { "x-user": "bob" })).status).toBe(200);
    // Requests without a user's name share one budget.
    expect((await ask(running, { max_tokens: 100 })).status).toBe(200);
    expect((await ask(running, { max_tokens: 100 })).status).toBe(429);
    expect(JSON.stringify(running.log.list(undefined))).not.toContain("ann");
  });

  // bifrost#2873.
  test("complaint 7: counts embeddings too, so that no route bypasses it", async () => {
    const { url } = await upstream((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const data = [{ index: 0, embedding: [1] }];
      response.end(JSON.stringify({ data, model: "m-1", usage: { prompt_tokens: 8, total_tokens: 8 } }));
    });
    const running = await gateway(
      [provider("acme", url, { embeddings: { maxInputs: 10, source: "docs" } })],
      `models: { fast: { targets: ["acme:m-1"] } }\nclients: { chat: { key: ${key}, budget: { tokens: 10, per: hour } } }`,
    );
    const embed = () =>
      post(running, { model: "fast", input: "Hello there" }, { path: "/v1/embeddings", headers: auth });
    const first = await embed();
    expect(first.status).toBe(200);
    expect(first.headers.get("x-llm-provider-cost")).toBe("0.000008");
    expect((await embed()).status).toBe(429);
  });

  test("refuses a request of unknown price, or counts only its tokens", async () => {
    const { url } = await upstream(saying("Hi"));
    const unpriced = provider("acme", url, { models: { "m-1": { context: 100, source: "docs" } } } as never);
    const config = (limits: string) =>
      `models: { fast: { targets: ["acme:m-1"] } }\nclients: { chat: { key: ${key}, budget: { ${limits} } } }`;
    const strict = await gateway([unpriced], config("usd: 5, per: day"));
    const refused = await ask(strict);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      error: { type: "insufficient_quota", message: expect.stringMatching(/price of acme:m-1 is not known/) },
    });
    const counted = await gateway([unpriced], config("usd: 5, tokens: 120, per: day, unknown: tokens"));
    const { status, headers } = await ask(counted);
    expect(status).toBe(200);
    expect(headers.get("x-llm-provider-cost")).toBeNull();
    expect((await ask(counted, { max_tokens: 110 })).status).toBe(429);
  });

  test("needs max_tokens if the longest answer of the model is unknown", async () => {
    const { url } = await upstream(saying("Hi"));
    const endless = provider("acme", url, {
      models: { "m-1": { price: { input: 1, output: 1 }, source: "docs" } },
    } as never);
    const running = await gateway(
      [endless],
      `models: { fast: { targets: ["acme:m-1"] } }\nclients: { chat: { key: ${key}, budget: { usd: 5, per: day } } }`,
    );
    expect(await (await ask(running)).json()).toMatchObject({ error: { hint: "Send `max_tokens`." } });
    expect((await ask(running, { max_tokens: 5 })).status).toBe(200);
  });

  // litellm#34732, #36926; langwatch#6141.
  test("complaint 7: is never exceeded by the held and spent amounts of 500 requests at once", async () => {
    const { url, requests } = await upstream(saying("Hi"));
    const running = await gateway(
      [provider("acme", url)],
      `models: { fast: { targets: ["acme:m-1"] } }\nclients: { chat: { key: ${key}, budget: { usd: 0.005, per: day } } }`,
    );
    const statuses = await Promise.all(
      Array.from({ length: 500 }, async () => {
        const response = await ask(running);
        await response.text();
        return response.status;
      }),
    );
    expect(statuses.every((status) => status === 200 || status === 429)).toBe(true);
    const answered = statuses.filter((status) => status === 200).length;
    expect(answered).toBe(requests.length);
    expect(answered).toBeGreaterThanOrEqual(20);
    expect(answered * 7).toBeLessThanOrEqual(5000);
  });
});

describe("a rate", () => {
  test("limits requests in a calendar window", async () => {
    const running = await limited("rate: { requests: 2, per: month }", [saying("Hi")]);
    expect([(await ask(running)).status, (await ask(running)).status]).toEqual([200, 200]);
    const refused = await ask(running);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { type: "rate_limit_exceeded", code: "rate_limit_exceeded" } });
    expect(refused.headers.get("x-should-retry")).toBeNull();
    expect(refused.headers.get("x-llm-provider-limit")).toBe("rate.requests");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("in tokens lets a request larger than the whole rate through if it is alone", async () => {
    const running = await limited("rate: { tokens: 50, per: month }", [saying("Hi")]);
    expect((await ask(running)).status).toBe(200);
    expect((await ask(running, { max_tokens: 20 })).status).toBe(200);
    expect((await ask(running)).status).toBe(429);
  });

  test("counts a failed request, but no tokens for it", async () => {
    const running = await limited("budget: { tokens: 120, per: month }, rate: { requests: 3, per: month }", [
      failing(400, "No"),
    ]);
    for (let index = 0; index < 3; index++) expect((await ask(running)).status).toBe(400);
    expect((await ask(running)).headers.get("x-llm-provider-limit")).toBe("rate.requests");
  });
});

describe("charging", () => {
  // any-llm#974, mnfst#1758, ferro#281: streams without usage were free.
  test("complaint 8: the cost of a stream without usage is estimated, and the log says so", async () => {
    const text = "word ".repeat(40);
    const running = await limited("budget: { tokens: 160, per: month }", [
      streaming(delta({ content: text }), finish(), done),
    ]);
    await (await ask(running, { stream: true })).text();
    const record = await spentBy(running);
    expect(record).toMatchObject({ isEstimated: true, status: 200 });
    expect(record.cost).toBeCloseTo((7 + 50 * 2) / 1_000_000, 7);
    expect((await ask(running, { max_tokens: 100 })).status).toBe(429);
  });

  // litellm#38348, #38504: clients got usage and cost without asking.
  test("complaint 8: a stream contains usage and cost only if the caller asked for them", async () => {
    const running = await limited("budget: { tokens: 1000, per: month }", [saying("Hi")]);
    const silent = await ask(running, { stream: true });
    expect(silent.headers.get("x-llm-provider-cost")).toBeNull();
    expect((await chunksOf(silent)).text).not.toContain("usage");
    const { chunks } = await chunksOf(await ask(running, { stream: true, stream_options: { include_usage: true } }));
    expect(chunks.at(-1).usage).toEqual({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, cost: 0.000007 });
  });

  // bifrost#4518.
  test("complaint 8: a stream that the caller leaves or that breaks off is charged by estimate", async () => {
    const text = "word ".repeat(40);
    const running = await limited("budget: { tokens: 1000, per: month }", [
      breaking("silence", delta({ content: text })),
      breaking("cut", delta({ content: text })),
    ]);
    const leaving = new AbortController();
    const left = await post(running, { ...hello, stream: true }, { headers: auth, signal: leaving.signal });
    await left.body!.getReader().read();
    leaving.abort();
    await expect.poll(async () => (await spentBy(running)).status).toBe(499);
    expect(await spentBy(running)).toMatchObject({ isEstimated: true });
    expect((await spentBy(running)).cost).toBeGreaterThan(0.0001);
    await (await ask(running, { stream: true })).text();
    expect(await spentBy(running)).toMatchObject({ isEstimated: true, error: { code: expect.any(String) } });
    expect((await spentBy(running)).cost).toBeGreaterThan(0.0001);
  });

  test("a target that the gateway left in the middle of an answer is charged too", async () => {
    const [first, second] = await Promise.all([
      upstream(breaking("cut", delta({ content: "word ".repeat(40) }))),
      upstream(saying("Hi")),
    ]);
    const running = await gateway(
      [provider("one", first.url), provider("two", second.url)],
      `models: { fast: { targets: ["one:m-1", "two:m-1"] } }\nclients: { chat: { key: ${key}, budget: { usd: 1, per: day } } }`,
    );
    const response = await ask(running);
    expect(response.status).toBe(200);
    const { cost, isEstimated } = await spentBy(running);
    expect(isEstimated).toBe(true);
    expect(cost).toBeGreaterThan(0.000107);
  });

  test("a usage of only zeros counts as missing", async () => {
    const running = await limited("budget: { tokens: 1000, per: month }", [
      streaming(delta({ content: "word ".repeat(40) }), finish(), usage(0, 0), done),
    ]);
    await (await ask(running)).text();
    expect((await spentBy(running)).cost).toBeGreaterThan(0.0001);
  });
});

test.each([Number.POSITIVE_INFINITY, -5, 0.5, 2 ** 60])(
  "token counts and costs of %d do not break the counters",
  async (odd) => {
    const told = odd === Number.POSITIVE_INFINITY ? "1e999" : String(odd);
    const counts = `"prompt_tokens":${told},"completion_tokens":${told},"total_tokens":${told},"cost":${told}`;
    const running = await limited("budget: { tokens: 1000, usd: 1, per: month }, rate: { requests: 9, per: month }", [
      streaming(delta({ content: "Hi" }), finish(), `data: {"choices":[],"usage":{${counts}}}\n\n`, done),
    ]);
    for (const max of [5, 1e300, -1, "many"]) {
      const { status } = await ask(running, { max_tokens: max });
      expect([200, 429]).toContain(status);
    }
    const { text } = await fetch(`${running.url}/metrics`, { headers: auth }).then(async (one) => ({
      text: await one.text(),
    }));
    for (const [, left] of text.matchAll(/budget_left\{.*\} (.*)/g)) expect(Number(left)).toBeGreaterThanOrEqual(0);
    expect(text).not.toMatch(/NaN|Inf(?!")/);
  },
);

test("a refusal contains no key", async () => {
  const running = await limited("budget: { tokens: 1, per: month }", [saying("Hi")]);
  const refused = await ask(running, { user: canary });
  const seen =
    (await refused.text()) + JSON.stringify([...refused.headers]) + JSON.stringify(running.log.list(undefined));
  for (const secret of [key, canary]) expect(seen).not.toContain(secret.slice(10, 18));
});

function dayAfter(): [number, number, number] {
  const now = new Date();
  return [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1];
}
