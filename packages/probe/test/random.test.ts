import { expect, test } from "vitest";
import { judge } from "./judge.ts";

test("no verdict about 300 random endpoints is false, and nearly everything is found within the budget", async () => {
  const tally = await judge(0, 300);
  expect(tally.falsehoods).toEqual([]);
  expect(tally.refusals).toBeGreaterThan(1000);
  expect(tally.found / tally.refusals).toBeGreaterThanOrEqual(0.95);
  expect(tally.ignored).toBeGreaterThan(100);
  expect(tally.foundIgnored / tally.ignored).toBeGreaterThanOrEqual(0.9);
  expect(tally.mostAccepted).toBeLessThanOrEqual(27);
  expect(tally.mostRequests).toBeLessThanOrEqual(64);
});
