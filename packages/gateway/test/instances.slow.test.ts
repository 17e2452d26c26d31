import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { counterOf, type Limit } from "../src/budget/limits.ts";
import { RedisStore } from "../src/store/redis-store.ts";
import { canary, chunksOf, contentOf, gateway, hello, post, provider } from "./gateway.ts";
import { hasRedis, RedisServer } from "./redis-server.ts";
import { breaking, delta, done, failing, finish, saying, streaming, upstream, usage, type Answer } from "./upstream.ts";

const key = (client: string): string => `client-key-of-${client}-0123456789`;

describe.skipIf(!hasRedis)("three instances over one Redis", () => {
  let redis: RedisServer;
  let ledger: RedisStore;
  beforeAll(async () => {
    redis = await RedisServer.start();
    ledger = await RedisStore.open(redis.url);
  });
  afterAll(async () => {
    await ledger.close();
    await redis.remove();
  });

  async function instances(answers: Answer[], client: string, limits: string, more = "", store = redis.url) {
    const { url, requests } = await upstream(...answers);
    const yaml = `store: ${store}
models: { fast: { targets: ["${client}:m-1"] } }
clients: { ${client}: { key: ${key(client)}, ${limits} } }
${more}`;
    const all = await Promise.all([1, 2, 3].map(() => gateway([provider(client, url)], yaml)));
    const ask = (index: number, body: object = {}) =>
      post(all[index % 3]!, { ...hello, ...body }, { headers: { authorization: `Bearer ${key(client)}` } });
    return { all, ask, requests };
  }
  const counted = async (client: string, limit: Limit) =>
    (await ledger.read([counterOf(limit, client, undefined, Date.now()).key]))[0]!;
  const usd: Limit = { of: "budget", counts: "usd", most: 0, per: "month" };
  const tokens: Limit = { of: "budget", counts: "tokens", most: 0, per: "month" };

  // litellm#34732, #36926, #27639, #28247; bifrost#5673; langwatch#6141.
  test(
    "complaint 7: 500 requests at once do not exceed the budget, and the spent amount is counted at once",
    { timeout: 60_000 },
    async () => {
      const { ask, requests } = await instances([saying("Hi")], "race", "budget: { usd: 0.004, per: month }");
      const statuses = await Promise.all(
        Array.from({ length: 500 }, async (_, index) => {
          const response = await ask(index);
          await response.text();
          return response.status;
        }),
      );
      const answered = statuses.filter((status) => status === 200).length;
      expect(statuses.every((status) => status === 200 || status === 429)).toBe(true);
      expect(answered).toBe(requests.length);
      expect(answered).toBeGreaterThanOrEqual(19);
      await expect.poll(() => counted("race", usd)).toEqual({ spent: answered * 7, held: 0 });
      expect(answered * 7).toBeLessThanOrEqual(4000);
    },
  );

  // litellm#27639, #30460, #28283.
  test("complaint 7: failed, cut and abandoned requests leave no hold", async () => {
    const { ask } = await instances(
      [
        failing(500),
        breaking("cut", delta({ content: "Hm" })),
        breaking("silence", delta({ content: "Hm" })),
        saying("Hi"),
      ],
      "holds",
      "budget: { tokens: 1000, per: month }",
      "rounds: 1\nhealth: { failures: 100, of: 100 }",
    );
    expect((await ask(0)).status).toBe(500);
    await (await ask(1, { stream: true })).text();
    const reader = (await ask(2, { stream: true })).body!.getReader();
    await reader.read();
    expect((await counted("holds", tokens)).held).toBeGreaterThan(0);
    await reader.cancel();
    await expect.poll(async () => (await counted("holds", tokens)).held).toBe(0);
    expect((await counted("holds", tokens)).spent).toBeGreaterThan(10);
  });

  // litellm#34836, #31876: cooldowns were synchronized every ten seconds, in memory and Redis at different times.
  test("complaint 5: the other instances see a cooldown at once", async () => {
    const { ask, requests } = await instances(
      [failing(429, "Slow", { "retry-after": "60" }), saying("Hi")],
      "cool",
      "rate: { requests: 1000, per: month }",
    );
    expect((await ask(0)).status).toBe(429);
    const second = await ask(1);
    expect(second.status).toBe(429);
    expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(55);
    expect(requests.length).toBe(1);
  });

  test("an instance answers with an answer that another one kept", async () => {
    const { ask, requests } = await instances(
      [saying("Kept")],
      "cache",
      "rate: { requests: 1000, per: month }",
      "cache: { ttl: 1m }",
    );
    await (await ask(0, { temperature: 0 })).text();
    await expect
      .poll(async () => {
        const response = await ask(1, { temperature: 0, stream: true });
        expect(contentOf((await chunksOf(response)).chunks)).toBe("Kept");
        return response.headers.get("x-llm-provider-cache");
      })
      .toBe("hit");
    expect(requests.length).toBeLessThanOrEqual(2);
  });

  test("without Redis they count in memory and report it, and Redis gets the spent amounts when it is back", async () => {
    const { all, ask } = await instances([saying("Hi")], "down", "budget: { tokens: 1000, per: month }");
    await (await ask(0)).text();
    await expect.poll(async () => (await counted("down", tokens)).spent).toBe(5);
    await redis.stop();
    for (const index of [0, 1, 2]) expect((await ask(index)).status).toBe(200);
    for (const one of all) {
      expect(await (await fetch(`${one.url}/health`)).json()).toEqual({ status: "ok", store: "away" });
      const headers = { authorization: `Bearer ${key("down")}` };
      expect(await (await fetch(`${one.url}/metrics`, { headers })).text()).toContain("llm_provider_store_up 0");
      expect(one.warnings.join()).toMatch(/The Redis at 127\.0\.0\.1:\d+ cannot be reached/);
      expect(one.warnings.join()).not.toContain(canary.slice(10, 18));
    }
    await redis.start();
    for (const one of all)
      await expect
        .poll(async () => (await (await fetch(`${one.url}/health`)).json()) as object, { timeout: 5000 })
        .toEqual({ status: "ok", store: "shared" });
    await expect.poll(async () => (await counted("down", tokens)).spent, { timeout: 5000 }).toBe(20);
  });

  test("budgets fail closed if the configuration says so, but rates do not", async () => {
    const strict = `{ url: "${redis.url}", down: refuse }`;
    const { ask } = await instances([saying("Hi")], "strict", "budget: { tokens: 1000, per: month }", "", strict);
    const rated = await instances([saying("Hi")], "rated", "rate: { requests: 9, per: month }", "", strict);
    await redis.stop();
    const refused = await ask(0);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("5");
    expect(await refused.json()).toMatchObject({
      error: { message: expect.stringContaining("cannot be counted now") },
    });
    expect((await rated.ask(0)).status).toBe(200);
    await redis.start();
    await expect.poll(async () => (await ask(0)).status, { timeout: 5000 }).toBe(200);
  });

  test("an instance that stops while Redis is away reports the lost charges", async () => {
    const { all, ask } = await instances([saying("Hi")], "lost", "budget: { tokens: 1000, per: month }");
    await redis.stop();
    await (await ask(0)).text();
    await all[0]!.close();
    expect(all[0]!.warnings.at(-1)).toMatch(/^The charges of 1 requests are lost/);
    await redis.start();
  });

  // litellm#21046, #9491, #13546: counting slowed every request down.
  test("complaint 14: a stream costs three Redis commands, however many chunks it has", async () => {
    const pieces = Array.from({ length: 200 }, () => delta({ content: "word " }));
    const { ask } = await instances(
      [streaming(...pieces, finish(), usage(), done)],
      "trips",
      "budget: { usd: 1, tokens: 100000, per: month }, rate: { requests: 50, tokens: 100000, per: month }",
    );
    const asked = (["take", "settle", "read", "cool", "cooldowns", "get", "set"] as const).map((name) => ({
      name,
      spy: vi.spyOn(RedisStore.prototype, name),
    }));
    onTestFinished(() => asked.forEach(({ spy }) => spy.mockRestore()));
    await (await ask(0, { stream: true })).text();
    await expect.poll(() => asked.find(({ name }) => name === "settle")!.spy.mock.calls.length).toBe(1);
    const counts = Object.fromEntries(asked.map(({ name, spy }) => [name, spy.mock.calls.length]));
    expect(counts).toEqual({ take: 1, settle: 1, read: 0, cool: 0, cooldowns: 1, get: 0, set: 0 });
  });

  test("the password of Redis appears in no warning and no answer", async () => {
    const secret = "Qz7vLm2XcT9wRb4KdN8s";
    const { all, ask } = await instances(
      [saying("Hi")],
      "pass",
      "rate: { requests: 1000, per: month }",
      "",
      `redis://:${secret}@127.0.0.1:1`,
    );
    const seen = [
      await (await ask(0)).text(),
      await (await fetch(`${all[0]!.url}/health`)).text(),
      ...all[0]!.warnings,
    ];
    expect(all[0]!.warnings.length).toBe(1);
    expect(seen.join()).not.toContain(secret.slice(0, 8));
  });
});
