import { describe, expect, test } from "vitest";
import type { Claim, Store } from "../src/store/store.ts";

/** Makes names unique, since the tests share one Redis. */
let count = 0;
const fresh = (word: string): string => `${word}-${process.pid}-${count++}`;

const claim = (limit: number, amount: number, more: Partial<Claim> = {}): Claim => ({
  key: fresh("counter"),
  limit,
  amount,
  endsAt: Date.now() + 3_600_000,
  ...more,
});
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const fits = { holdFor: 60_000 };

/** The tests of every store. `open` returns instances that share their counters. */
export function describeStore(name: string, open: (instances: number) => Promise<readonly Store[]>): void {
  describe(name, () => {
    test("a reserved amount is held, and no further request fits beyond the limit", async () => {
      const [store] = await open(1);
      const budget = claim(100, 60);
      expect(await store!.reserve("a", [budget], fits.holdFor)).toBeUndefined();
      expect(await store!.read([budget.key])).toEqual([{ spent: 0, held: 60 }]);
      expect(await store!.reserve("b", [budget], fits.holdFor)).toEqual({ index: 0, left: 40 });
      await store!.settle(fresh("a"), [budget], [0]);
      expect(await store!.read([budget.key])).toEqual([{ spent: 0, held: 60 }]);
    });

    test("settling counts the spent amount, even if it differs from the held one", async () => {
      const [store] = await open(1);
      const [first, second] = [fresh("id"), fresh("id")];
      const budget = claim(100, 60);
      await store!.reserve(first, [budget], fits.holdFor);
      await store!.settle(first, [budget], [7]);
      expect(await store!.read([budget.key])).toEqual([{ spent: 7, held: 0 }]);
      await store!.reserve(second, [budget], fits.holdFor);
      await store!.settle(second, [budget], [120]);
      expect(await store!.read([budget.key])).toEqual([{ spent: 127, held: 0 }]);
      expect(await store!.reserve(fresh("id"), [budget], fits.holdFor)).toEqual({ index: 0, left: 0 });
    });

    test("a hold is settled only once, and zeros release it", async () => {
      const [store] = await open(1);
      const [first, second] = [fresh("id"), fresh("id")];
      const budget = claim(100, 60);
      await store!.reserve(first, [budget], fits.holdFor);
      await Promise.all([1, 2, 3].map(() => store!.settle(first, [budget], [10])));
      expect(await store!.read([budget.key])).toEqual([{ spent: 10, held: 0 }]);
      await store!.reserve(second, [budget], fits.holdFor);
      await store!.settle(second, [budget], [0]);
      expect(await store!.read([budget.key])).toEqual([{ spent: 10, held: 0 }]);
    });

    test("either all claims are held or none", async () => {
      const [store] = await open(1);
      const claims = [claim(100, 10), claim(5, 10), claim(100, 10)];
      expect(await store!.reserve(fresh("id"), claims, fits.holdFor)).toEqual({ index: 1, left: 5 });
      const keys = claims.map(({ key }) => key);
      expect(await store!.read(keys)).toEqual(keys.map(() => ({ spent: 0, held: 0 })));
    });

    test("claims can be zero or very large", async () => {
      const [store] = await open(1);
      const id = fresh("id");
      const claims = [claim(0, 0), claim(4_000_000_000_000_000, 3_000_000_000_000_000)];
      expect(await store!.reserve(id, claims, fits.holdFor)).toBeUndefined();
      await store!.settle(id, claims, [0, 2_000_000_000_000_001]);
      const keys = claims.map(({ key }) => key);
      expect(await store!.read(keys)).toEqual([
        { spent: 0, held: 0 },
        { spent: 2_000_000_000_000_001, held: 0 },
      ]);
    });

    test("an unsettled hold is released when it expires, and still counts if it is settled later", async () => {
      const [store] = await open(1);
      const id = fresh("id");
      const budget = claim(100, 80);
      await store!.reserve(id, [budget], 60);
      expect(await store!.reserve(fresh("id"), [budget], 60)).toEqual({ index: 0, left: 20 });
      await wait(80);
      expect(await store!.read([budget.key])).toEqual([{ spent: 0, held: 0 }]);
      const later = fresh("id");
      expect(await store!.reserve(later, [budget], 10_000)).toBeUndefined();
      await store!.settle(id, [budget], [33]);
      expect(await store!.read([budget.key])).toEqual([{ spent: 33, held: 80 }]);
      await store!.settle(later, [budget], [1]);
      expect(await store!.read([budget.key])).toEqual([{ spent: 34, held: 0 }]);
    });

    test("every instance sees a cooldown at once, and a shorter one does not end a longer one", async () => {
      const [one, two] = await open(2);
      const [target, other] = [fresh("target"), fresh("target")];
      await one!.cool(target, 5000);
      await two!.cool(target, 100);
      const [left, none] = await two!.cooldowns([target, other]);
      expect(left).toBeGreaterThan(4000);
      expect(left).toBeLessThanOrEqual(5000);
      expect(none).toBe(0);
    });

    test("a text is kept until it expires", async () => {
      const [store] = await open(1);
      const key = fresh("text");
      expect(await store!.get(key)).toBeUndefined();
      await store!.set(key, "ä text", 50);
      expect(await store!.get(key)).toBe("ä text");
      await wait(70);
      expect(await store!.get(key)).toBeUndefined();
    });

    // litellm#34732, #36926: checking before adding lets concurrent requests pass together.
    test.each([1, 3])("500 requests at once do not exceed the limits, over %d instances", async (instances) => {
      const stores = await open(instances);
      const budget = claim(1_000_000, 10_000);
      const rate = claim(250, 1);
      const ids = Array.from({ length: 500 }, () => fresh("id"));
      const taken: string[] = [];
      await Promise.all(
        ids.map(async (id, index) => {
          const store = stores[index % stores.length]!;
          if (await store.reserve(id, [budget, rate], fits.holdFor)) return;
          taken.push(id);
          const [counted] = await store.read([budget.key]);
          expect(counted!.spent + counted!.held).toBeLessThanOrEqual(budget.limit);
          await store.settle(id, [budget, rate], [5000 + (index % 5) * 1000, 1]);
        }),
      );
      const [spent, requests] = await stores[0]!.read([budget.key, rate.key]);
      expect(taken.length).toBeGreaterThanOrEqual(100);
      expect(taken.length).toBeLessThanOrEqual(250);
      expect(spent!.held).toBe(0);
      expect(spent!.spent).toBeLessThanOrEqual(budget.limit);
      expect(requests).toEqual({ spent: taken.length, held: 0 });
    });
  });
}
