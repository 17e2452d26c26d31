import { afterAll, describe, expect, test } from "vitest";
import type { ToolFactory } from "@llm-provider/core";
import { loadCassettes } from "./cassette/load-cassettes.ts";
import { checkExpectedFailures, judge, type ExpectedFailure } from "./kit/expected-failures.ts";
import { explain } from "./kit/failure.ts";
import { guardNetwork } from "./kit/guard-network.ts";
import { refuseVmContext } from "./kit/refuse-vm-context.ts";
import { tally } from "./kit/tally.ts";
import { toolChecks } from "./tool/tool-checks.ts";
import { createToolKit } from "./tool/tool-kit.ts";

export type DescribeToolOptions = {
  /** The folder of the recordings. The first request of each run holds the tool's input as `asked`. */
  readonly cassettes: URL | string;
  readonly expectedFailures?: readonly ExpectedFailure[];
};

/** Registers the contract tests of a tool with vitest: one test a check, named after the check. It runs offline. */
export function describeTool<Input, Output>(factory: ToolFactory<Input, Output>, options: DescribeToolOptions): void {
  const { name } = factory.definition;
  refuseVmContext("describeTool");
  const { expectedFailures = [] } = options;
  const cassettes = loadCassettes(options.cassettes);
  const kit = createToolKit(factory, cassettes);

  describe(`contract of ${name}`, { concurrent: false, shuffle: false }, () => {
    afterAll(() => console.log(tally(cassettes, name)));
    test("expectedFailures are about checks of a tool", () => {
      expect(checkExpectedFailures(expectedFailures, new Set(toolChecks.map(({ name: check }) => check)))).toEqual([]);
    });
    for (const check of toolChecks) {
      test(`${check.name}: ${check.title}`, { timeout: 15_000 }, async () => {
        const release = guardNetwork();
        let text: string | undefined;
        try {
          await check.run(kit);
        } catch (error) {
          text = [
            `${check.name} (${check.level}) ${check.title}`,
            ...explain(error, undefined).map((line) => `  ${line}`),
          ].join("\n");
        } finally {
          release();
        }
        const today = new Date().toISOString().slice(0, 10);
        const found = judge(
          text,
          expectedFailures.find(({ name }) => name === check.name),
          today,
        );
        if (found !== undefined) throw Object.assign(new Error(found), { stack: found });
      });
    }
  });
}
