import type { Check } from "./check.ts";
import { explain } from "./failure.ts";
import { guardNetwork } from "./guard-network.ts";
import type { Kit } from "./kit.ts";

/** Runs one check. Resolves to undefined, or to the text of its failure. */
export async function runCheck(check: Check, kit: Kit): Promise<string | undefined> {
  const release = guardNetwork();
  try {
    await check.run(kit);
    return undefined;
  } catch (error) {
    return [
      `${check.id} (${check.level}) ${check.title}`,
      ...explain(error, kit.definition).map((line) => `  ${line}`),
    ].join("\n");
  } finally {
    release();
  }
}
