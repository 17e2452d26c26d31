import { expect, test } from "vitest";
import { MemoryStore } from "../src/store/memory-store.ts";
import { describeStore } from "./store-suite.ts";

describeStore("the store in memory", async (instances) => {
  const store = new MemoryStore();
  return Array.from({ length: instances }, () => store);
});

test("expired entries are removed", async () => {
  let now = 1_000_000;
  const store = new MemoryStore({ mostTexts: 2, now: () => now });
  for (let index = 0; index < 100; index++) {
    const claims = [{ key: `user ${index}`, limit: 10, amount: 1, endsAt: now + 1000 }];
    await store.reserve(`id ${index}`, claims, 1000);
    if (index % 2 === 0) await store.settle(`id ${index}`, claims, [1]);
    await store.cool(`target ${index}`, 1000);
    await store.set(`text ${index}`, "…", 1000);
  }
  expect(await store.get("text 97")).toBeUndefined();
  expect(await store.get("text 98")).toBe("…");
  now += 3_600_000;
  await store.read([]);
  expect(store.size).toBe(2);
});
