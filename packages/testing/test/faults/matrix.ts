import { allChecks } from "../../src/checks/all-checks.ts";
import { toolChecks } from "../../src/tool/tool-checks.ts";
import type { Fault } from "./fault.ts";
import { toolFaults } from "./tool-faults.ts";

/** The effect of one fault on the suite. */
export type Row = { readonly fault: Fault; readonly fails: readonly string[] };

/** The text of FAULTS.md for these outcomes. */
export function matrixText(rows: readonly Row[]): string {
  const most = Math.max(...rows.map(({ fails }) => fails.length));
  const lines = rows.map(
    ({ fault, fails }) =>
      `| ${fault.id} | ${fault.does} | ${fault.caughtBy} | ${fails.filter((name) => name !== fault.caughtBy).join(" ") || "–"} |`,
  );
  return `# Planted faults

The contract tests are tested with providers that are wrong on purpose. Each line is one fault, planted in a provider without faults; all ${allChecks.length} checks run against it.
Every fault is caught by the check that is meant for it and fails at most ${most} checks. Every check fails for at least one fault. The provider without faults stays green under every kind of wrapping that is used here.

This file is made by \`FAULTS=write vitest run packages/testing/test/faults.test.ts\`; \`FAULTS=all\` compares it.

${rows.length} faults:

| fault | the provider | caught by | also fails |
| --- | --- | --- | --- |
${lines.join("\n")}

## Tools

${toolFaults.length} faults of tools, each caught by one of the ${toolChecks.length} checks of a tool:

| the tool | caught by |
| --- | --- |
${toolFaults.map(({ does, caughtBy }) => `| ${does} | ${caughtBy} |`).join("\n")}
`;
}

/** The rows of the file without the further failing checks, which a run of one check for each fault cannot know. */
export function headsOf(text: string): string[] {
  return text
    .split("\n")
    .filter(
      (line) =>
        line.startsWith("| ") &&
        !line.startsWith("| ---") &&
        !line.startsWith("| fault") &&
        !line.startsWith("| the tool"),
    )
    .map((line) => line.split(" | ").slice(0, 3).join(" | "));
}
