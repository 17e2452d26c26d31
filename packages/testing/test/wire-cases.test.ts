import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { expectAsWanted, type WireCase } from "../../core/test/support/wire-case.ts";
import { providers } from "./traffic/providers.ts";

// Cases from public threads are beside the repository on the build machine, and do not belong to it.
const folder = new URL("../../../../shared/cases/wire/", import.meta.url);
const cases = existsSync(folder)
  ? readdirSync(folder).map((name) => {
      const one = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as WireCase;
      return { name: name.replace(".json", ""), one };
    })
  : [];
const played = cases.filter(({ one }) => one.how !== undefined);

/** Cases without an answer to replay: `wire-requests.test.ts` here and in core has a test for each. */
const aboutRequests = [
  "groq-reasoning-sent-to-models-without",
  "models-200-error-words-lost",
  "openai-gpt-5.6-tools-effort",
  "request-content-null-empty-or-absent",
  "request-lone-surrogate",
  "request-roles-must-alternate",
  "xai-grok-4.6-effort-none",
];

if (cases.length === 0) test.skip("cases of public threads: the folder ../shared/cases/wire is not here", () => {});

test.runIf(cases.length > 0)("every case is replayed or has its own test", () => {
  const others = cases.filter(({ one }) => one.how === undefined).map(({ name }) => name);
  expect(others).toEqual(aboutRequests);
});

describe.runIf(cases.length > 0)("cases of public threads", () => {
  test.each(played.flatMap(({ name, one }) => one.how.map((how) => ({ name, how, one }))))(
    "$name by $how",
    async ({ one, how }) => {
      await expectAsWanted(one, how, { adapters: providers });
    },
    60_000,
  );
});
