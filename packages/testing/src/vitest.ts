import { runInThisContext } from "node:vm";
import type { ProviderFactory, ToolFactory } from "@llm-provider/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cassettes, loadCassettes } from "./cassette/cassette-folder.ts";
import { allChecks } from "./checks/all-checks.ts";
import { definitionCheck, isUsable, toolDefinitionCheck } from "./kit/definition-check.ts";
import {
  type Check,
  type CheckedKit,
  checkExpectedFailures,
  compareWithExpected,
  type ExpectedFailure,
  runCheck,
} from "./kit/check.ts";
import { createKit } from "./kit/create-kit.ts";
import { replayThroughNock } from "./kit/replay-through-nock.ts";
import { tally } from "./run-suite.ts";
import { toolChecks } from "./tool/tool-checks.ts";
import { createToolKit } from "./tool/tool-kit.ts";

export type { ExpectedFailure };

/** The options of `describeProvider`. */
export interface DescribeProviderOptions {
  /** The folder of the recordings: `new URL("./cassettes/", import.meta.url)`. */
  readonly cassettes: URL | string;
  /**
   * Checks that are known to fail, each with a reason. One that passes, or whose day is past, fails the suite.
   * @default []
   */
  readonly expectedFailures?: readonly ExpectedFailure[];
}

/** The options of `describeTool`. */
export interface DescribeToolOptions {
  /** The folder of the recordings. The first request of each run has the tool's input as `asked`. */
  readonly cassettes: URL | string;
  /**
   * Checks that are known to fail, each with a reason. One that passes, or whose day is past, fails the suite.
   * @default []
   */
  readonly expectedFailures?: readonly ExpectedFailure[];
}

/**
 * Registers the contract tests of a provider with vitest, one test for each check. The definition decides which checks
 * there are. They run offline and without a key.
 */
export function describeProvider(factory: ProviderFactory, options: DescribeProviderOptions): void {
  refuseVmContext("describeProvider");
  const cassettes = loadCassettes(options.cassettes);
  const { definition } = factory;
  if (!isUsable(definitionCheck, definition)) return registerAlone(definitionCheck, definition);
  const checks = allChecks.filter(({ applies }) => applies?.(definition) ?? true);
  registerChecks(checks, definition.name, cassettes, options, () =>
    createKit(factory, { cassettes, replayer: replayThroughNock }),
  );
}

/** Registers the contract tests of a tool with vitest, one test for each check. They run offline and without a key. */
export function describeTool<Input, Output>(factory: ToolFactory<Input, Output>, options: DescribeToolOptions): void {
  refuseVmContext("describeTool");
  const cassettes = loadCassettes(options.cassettes);
  const { definition } = factory;
  if (!isUsable(toolDefinitionCheck, definition)) return registerAlone(toolDefinitionCheck, definition);
  registerChecks(toolChecks, definition.name, cassettes, options, async () => createToolKit(factory, cassettes));
}

/** For an unusable definition, one failing test says why, and no others repeat it. */
function registerAlone(check: Check<CheckedKit>, definition: { readonly name: string }): void {
  describe(`contract of ${definition.name}`, () => {
    test(`${check.name}: ${check.title}`, async () => fail(await runCheck(check, { definition })));
  });
}

function fail(text: string | undefined): void {
  if (text !== undefined) throw Object.assign(new Error(text), { stack: text });
}

function registerChecks<OwnKit extends CheckedKit & { close(): Promise<void> }>(
  checks: readonly Check<OwnKit>[],
  name: string,
  cassettes: Cassettes,
  { expectedFailures = [] }: { readonly expectedFailures?: readonly ExpectedFailure[] },
  create: () => Promise<OwnKit>,
): void {
  describe(`contract of ${name}`, { concurrent: false, shuffle: false }, () => {
    let kit: OwnKit;
    beforeAll(async () => {
      kit = await create();
    });
    afterAll(async () => {
      await kit?.close();
      console.log(tally(cassettes, name));
    });
    test("expectedFailures names checks that exist", () => {
      expect(checkExpectedFailures(expectedFailures, new Set(checks.map((check) => check.name)))).toEqual([]);
    });
    for (const check of checks) {
      test(`${check.name}: ${check.title}`, { timeout: 15_000 }, async () => {
        const expected = expectedFailures.find((one) => one.name === check.name);
        const text = compareWithExpected(await runCheck(check, kit), expected, new Date().toISOString().slice(0, 10));
        fail(text);
      });
    }
  });
}

/** nock patches the network of the process, but code in a VM context sees only a part of the patch: 90 of 120 tests failed there. */
function refuseVmContext(caller: string): void {
  if (runInThisContext("Array") === Array) return;
  throw new Error(
    `${caller} cannot run in vitest's pools vmThreads and vmForks. Set \`pool: "forks"\` or \`pool: "threads"\` in vitest.config.ts; both work with \`isolate: false\` too.`,
  );
}
