import type { Check } from "./check.ts";
import { explain } from "./failure.ts";
import { guardNetwork } from "./guard-network.ts";
import type { Kit } from "./kit.ts";
import { within } from "./within.ts";

/** Milliseconds for one check: a provider that never answers is no reason to wait for the runner's own limit. */
const patience = 8000;

/** Runs one check. Resolves to undefined, or to the text of its failure. */
export async function runCheck(check: Check, kit: Kit): Promise<string | undefined> {
  const release = guardNetwork();
  try {
    await within(Promise.resolve(check.run(kit)), "an end", { at: "the whole check" }, patience);
    return undefined;
  } catch (error) {
    return [
      `${check.name} (${check.level}) ${check.title}`,
      ...explain(error, kit.definition).map((line) => `  ${line}`),
    ].join("\n");
  } finally {
    release();
  }
}
