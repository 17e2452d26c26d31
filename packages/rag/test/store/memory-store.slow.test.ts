import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { describeStore } from "./store-suite.ts";

describe("PGlite in memory", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore();
  }, 60_000);
  afterAll(() => store.close());
  describeStore(() => store);

  test("is named in messages", () => {
    expect(store.place).toBe("PGlite in memory");
  });
});
