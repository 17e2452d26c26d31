import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProviderFactory } from "@llm-provider/core";
import { loadCassettes } from "./cassette/load-cassettes.ts";
import { allChecks } from "./checks/all-checks.ts";
import { createKit } from "./kit/create-kit.ts";
import { checkExpectedFailures, judge, type ExpectedFailure } from "./kit/expected-failures.ts";
import { playThroughNock } from "./kit/play-through-nock.ts";
import { refuseVmContext } from "./kit/refuse-vm-context.ts";
import { runCheck } from "./kit/run-check.ts";
import { tally } from "./kit/tally.ts";

export type DescribeProviderOptions = {
  /** The folder of the recordings: `new URL("./cassettes/", import.meta.url)`. */
  readonly cassettes: URL | string;
  /** Checks that are known to fail, with the reason; one that passes, or whose day is past, fails the suite. */
  readonly expectedFailures?: readonly ExpectedFailure[];
};

/**
 * Registers the contract tests of a provider with vitest: one test a check, named after the check. Which checks there
 * are follows from the definition. It runs offline.
 */
export function describeProvider(factory: ProviderFactory, options: DescribeProviderOptions): void {
  const { definition } = factory;
  refuseVmContext("describeProvider");
  const { expectedFailures = [] } = options;
  const cassettes = loadCassettes(options.cassettes);
  const checks = allChecks.filter(({ applies }) => applies?.(definition) ?? true);

  describe(`contract of ${definition.name}`, { concurrent: false, shuffle: false }, () => {
    let kit: Awaited<ReturnType<typeof createKit>>;
    beforeAll(async () => {
      kit = await createKit(factory, { cassettes, player: playThroughNock });
    });
    afterAll(async () => {
      await kit?.close();
      console.log(tally(cassettes, definition.name));
    });
    test("expectedFailures are about checks of this definition", () => {
      expect(checkExpectedFailures(expectedFailures, new Set(checks.map(({ name: check }) => check)))).toEqual([]);
    });
    for (const check of checks) {
      test(`${check.name}: ${check.title}`, { timeout: 15_000 }, async () => {
        const today = new Date().toISOString().slice(0, 10);
        const text = judge(
          await runCheck(check, kit),
          expectedFailures.find(({ name }) => name === check.name),
          today,
        );
        if (text !== undefined) throw Object.assign(new Error(text), { stack: text });
      });
    }
  });
}
