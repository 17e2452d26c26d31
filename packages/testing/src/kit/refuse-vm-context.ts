import { runInThisContext } from "node:vm";

/** nock patches the network of the process, which code in a VM context sees in part: of 120 tests 90 failed there. */
export function refuseVmContext(caller: string): void {
  if (runInThisContext("Array") === Array) return;
  throw new Error(
    `${caller} cannot run in vitest's pools vmThreads and vmForks. Set \`pool: "forks"\` or \`pool: "threads"\` in vitest.config.ts; both work with \`isolate: false\` too.`,
  );
}
