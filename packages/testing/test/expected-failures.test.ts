import { expect, test } from "vitest";
import { checkExpectedFailures, compareWithExpected } from "../src/kit/check.ts";

const one = { name: "requires-a-key", reason: "The endpoint is being repaired." };

test.each<[string, string | undefined, Parameters<typeof compareWithExpected>[1], string | undefined]>([
  ["a check passes as expected", undefined, undefined, undefined],
  ["a check fails unexpectedly", "requires-a-key failed", undefined, "requires-a-key failed"],
  ["a check fails as expected", "requires-a-key failed", one, undefined],
  ["a check fails before the end of its period", "requires-a-key failed", { ...one, until: "2030-01-01" }, undefined],
  [
    "a check fails after the end of its period",
    "requires-a-key failed",
    { ...one, until: "2026-01-01" },
    "requires-a-key failed\n  It was expected to fail until 2026-01-01; that day is past (The endpoint is being repaired.).",
  ],
  [
    "a check passes unexpectedly",
    undefined,
    one,
    "requires-a-key passes now. Remove it from expectedFailures (The endpoint is being repaired.).",
  ],
])("%s", (_name, text, expected, verdict) => expect(compareWithExpected(text, expected, "2026-11-22")).toBe(verdict));

test("the list itself is checked", () => {
  const names = new Set(["requires-a-key"]);
  expect(checkExpectedFailures([one], names)).toEqual([]);
  expect(checkExpectedFailures([{ ...one, name: "no-such-check" }], names)).toEqual([
    "expectedFailures names no-such-check, but this definition has no check of that name.",
  ]);
  expect(checkExpectedFailures([{ name: "requires-a-key", reason: "" }], names)[0]).toContain("gives no reason");
  expect(checkExpectedFailures([{ ...one, until: "soon" }], names)[0]).toContain("YYYY-MM-DD");
});
