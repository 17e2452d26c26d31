import { expect, test } from "vitest";
import { judge } from "./judge.ts";

test("no verdict about 6,000 random endpoints is false", { timeout: 300_000 }, async () => {
  const tally = await judge(100_000, 6000);
  expect(tally.falsehoods).toEqual([]);
  expect(tally.found / tally.refusals).toBeGreaterThanOrEqual(0.95);
  expect(tally.foundIgnored / tally.ignored).toBeGreaterThanOrEqual(0.9);
  expect(tally.mostAccepted).toBeLessThanOrEqual(27);
  expect(tally.mostRequests).toBeLessThanOrEqual(64);
});
