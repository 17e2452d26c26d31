import { existsSync } from "node:fs";
import type { ChatResult } from "@llm-provider/core";
import { expect, test } from "vitest";
import { checkAnswer, importExercism } from "../src/index.ts";

/** A clone of https://github.com/exercism/javascript: EXERCISM_CLONE=../javascript SLOW_TESTS=1 vitest run exercism */
const clone = process.env["EXERCISM_CLONE"] ?? "";
const isThere = existsSync(clone);
if (!isThere)
  console.warn("EXERCISM_CLONE names no clone of Exercism's JavaScript track: its solutions are not tested.");

/** Exercises of commit 2955409 (2026-07-15) that need features the sandbox lacks, or more time. */
const knownFailures: { readonly [id: string]: RegExp } = {
  alphametics: /did not end/,
  grep: /'require' is not defined/,
  // Its solution formats dates and amounts with `Intl`.
  ledger: /Expected "Date/,
  "micro-blog": /'Intl' is not defined/,
  "palindrome-products": /did not end/,
  "parallel-letter-frequency": /'require' is not defined/,
  "perfect-numbers": /did not end/,
  "reverse-string": /'Intl' is not defined/,
  // Its comparison function is inconsistent, and the expected result depends on how V8's `sort` calls it.
  tournament: /Expected "Team/,
};

test.skipIf(!isThere)(
  "at least 121 of 139 reference solutions pass, and the failures are known",
  { timeout: 600_000 },
  async () => {
    const { suite, left } = importExercism(clone);
    expect(suite.tasks.length + left.length).toBe(139);
    expect(left).toEqual([{ id: "lens-person", reason: "Its spec imports ./address." }]);
    const failures: { [id: string]: string } = {};
    let tests = 0;
    await Promise.all(
      suite.tasks.map(async ({ id, checks, twin }) => {
        const result: Pick<ChatResult, "text" | "finishReason" | "toolCalls"> = {
          text: twin[0]!.text!,
          finishReason: "stop",
          toolCalls: [],
        };
        const found = await checkAnswer(checks[0]!, { result, ms: 1 });
        tests += found.tests?.length ?? 0;
        if (!found.pass) failures[id] = found.reason ?? "";
      }),
    );
    console.log(`${suite.tasks.length - Object.keys(failures).length} of 139 green, ${tests} tests`);
    for (const [id, reason] of Object.entries(failures)) expect(`${id}: ${reason}`).toMatch(knownFailures[id] ?? /^$/);
    expect(suite.tasks.length - Object.keys(failures).length).toBeGreaterThanOrEqual(121);
  },
);
