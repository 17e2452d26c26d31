import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { MemoryStore } from "../src/store/memory-store.ts";
import { RedisStore } from "../src/store/redis-store.ts";
import { SteadyStore } from "../src/store/steady-store.ts";
import { StoreDownError, type Claim } from "../src/store/store.ts";
import { hasRedis, RedisServer } from "./redis-server.ts";
import { describeStore } from "./store-suite.ts";

describe.skipIf(!hasRedis)("over a Redis of this test", () => {
  let redis: RedisServer;
  const opened: { close(): Promise<void> }[] = [];
  beforeAll(async () => void (redis = await RedisServer.start()));
  afterAll(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await redis.remove();
  });

  async function openSteady(): Promise<SteadyStore> {
    let steady: SteadyStore | undefined;
    const shared = await RedisStore.open(redis.url, (isConnected) => void (isConnected && steady?.catchUp()));
    steady = new SteadyStore(shared, new MemoryStore());
    opened.push(steady);
    return steady;
  }

  describeStore("the store in Redis", async (instances) => {
    const stores = await Promise.all(Array.from({ length: instances }, () => RedisStore.open(redis.url)));
    opened.push(...stores);
    return stores;
  });
  describeStore("the store in Redis, with memory behind it", async (instances) =>
    Promise.all(Array.from({ length: instances }, openSteady)),
  );

  const budget = (key: string, more: Partial<Claim> = {}): Claim[] => [
    { key, limit: 100, amount: 40, endsAt: Date.now() + 3_600_000, ...more },
  ];

  test.each(["SIGTERM", "SIGKILL", "SIGSTOP"] as const)(
    "after %s of Redis, counting continues from the last known values, and Redis gets all settlements when it is back",
    async (signal) => {
      const [one, two] = await Promise.all([openSteady(), openSteady()]);
      const claims = budget(signal);
      const [first, second, third] = ["first", "second", "third"].map((word) => `${word} ${signal}`) as [
        string,
        string,
        string,
      ];
      // 50 are spent, and one request is running.
      await two.reserve(third, claims, 60_000);
      await two.settle(third, claims, [50]);
      expect(await one.reserve(first, claims, 60_000)).toBeUndefined();

      await redis.stop(signal);
      expect(await one.reserve(second, claims, 60_000)).toBeUndefined();
      expect(await one.reserve("too many", claims, 60_000)).toEqual({ index: 0, left: 10 });
      await expect(one.reserve("strict", budget(signal, { isStrict: true }), 1000)).rejects.toThrow(StoreDownError);
      await one.settle(first, claims, [20]);
      await one.settle(second, claims, [5]);
      expect(one.waiting).toBe(2);

      if (signal === "SIGSTOP") await redis.stop("SIGCONT");
      else await redis.start();
      await expect.poll(() => one.isShared, { timeout: 5000 }).toBe(true);
      await one.catchUp();
      expect(one.waiting).toBe(0);
      await expect.poll(() => two.isShared, { timeout: 5000 }).toBe(true);
      expect(await two.read([signal])).toEqual([{ spent: 75, held: 0 }]);
    },
  );

  test("a Redis that is still loading its data gets the settlements a moment later", async () => {
    const store = await openSteady();
    await store.reserve("loading", budget("loading"), 60_000);
    const settle = vi.spyOn(RedisStore.prototype, "settle").mockRejectedValueOnce(new Error("LOADING"));
    settle.mockRejectedValueOnce(new Error("LOADING"));
    onTestFinished(() => settle.mockRestore());
    await store.settle("loading", budget("loading"), [7]);
    expect(store.waiting).toBe(1);
    await store.catchUp();
    expect(store.waiting).toBe(1);
    await expect.poll(() => store.waiting, { timeout: 3000 }).toBe(0);
    expect(await store.read(["loading"])).toEqual([{ spent: 7, held: 0 }]);
  });

  test("an instance that starts while Redis is away counts on its own", async () => {
    await redis.stop();
    const store = await openSteady();
    expect(store.isShared).toBe(false);
    expect(await store.reserve("early", budget("early"), 1000)).toBeUndefined();
    await redis.start();
    await expect.poll(() => store.isShared, { timeout: 5000 }).toBe(true);
    await store.settle("early", budget("early"), [3]);
    expect(await store.read(["early"])).toEqual([{ spent: 3, held: 0 }]);
  });
});
