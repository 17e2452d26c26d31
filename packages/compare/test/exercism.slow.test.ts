import { existsSync } from "node:fs";
import type { ChatResult } from "@llm-provider/core";
import { expect, test } from "vitest";
import { checkAnswer, importExercism } from "../src/index.ts";

/** A clone of https://github.com/exercism/javascript: EXERCISM_CLONE=../javascript SLOW_TESTS=1 vitest run exercism */
const clone = process.env["EXERCISM_CLONE"] ?? "";
const isThere = existsSync(clone);
if (!isThere)
  console.warn("EXERCISM_CLONE names no clone of Exercism's JavaScript track: its solutions are not tested.");

/** Of commit 2955409, of 2026-07-15: what the sandbox lacks, or is too slow for. */
const knownFailures: { readonly [id: string]: RegExp } = {
  alphametics: /did not end/,
  grep: /'require' is not defined/,
  // `Intl` formats its dates and amounts.
  ledger: /Expected "Date/,
  "micro-blog": /'Intl' is not defined/,
  "palindrome-products": /did not end/,
  "parallel-letter-frequency": /'require' is not defined/,
  "perfect-numbers": /did not end/,
  "reverse-string": /'Intl' is not defined/,
  // Its comparison is not consistent: V8's order of calls gives what is expected.
  tournament: /Expected "Team/,
};

test.skipIf(!isThere)(
  "of 139 exercises, 121 or more reference solutions pass; the others are known",
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
