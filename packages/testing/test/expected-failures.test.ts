import { expect, test } from "vitest";
import { checkExpectedFailures, judge } from "../src/kit/expected-failures.ts";

const one = { id: "R1", reason: "The endpoint is being repaired." };

test.each<[string, string | undefined, Parameters<typeof judge>[1], string | undefined]>([
  ["a check that passes, and was to pass", undefined, undefined, undefined],
  ["a check that fails, and was to pass", "R1 failed", undefined, "R1 failed"],
  ["a check that fails, and was to fail", "R1 failed", one, undefined],
  ["a check that fails until a day to come", "R1 failed", { ...one, until: "2030-01-01" }, undefined],
  [
    "a check that fails after its day",
    "R1 failed",
    { ...one, until: "2026-01-01" },
    "R1 failed\n  It was expected to fail until 2026-01-01, and that day is past (The endpoint is being repaired.).",
  ],
  [
    "a check that passes, and was to fail",
    undefined,
    one,
    "R1 passes now. Take it out of expectedFailures (The endpoint is being repaired.).",
  ],
])("%s", (_name, text, expected, verdict) => expect(judge(text, expected, "2026-11-22")).toBe(verdict));

test("the list itself is looked at", () => {
  const ids = new Set(["R1"]);
  expect(checkExpectedFailures([one], ids)).toEqual([]);
  expect(checkExpectedFailures([{ ...one, id: "R99" }], ids)).toEqual([
    "expectedFailures names R99, which is no check of this definition.",
  ]);
  expect(checkExpectedFailures([{ id: "R1", reason: "" }], ids)[0]).toContain("gives no reason");
  expect(checkExpectedFailures([{ ...one, until: "soon" }], ids)[0]).toContain("YYYY-MM-DD");
});
