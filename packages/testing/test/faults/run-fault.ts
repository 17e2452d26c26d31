import { loadCassettes } from "../../src/cassette/cassette-folder.ts";
import { allChecks } from "../../src/checks/all-checks.ts";
import { definitionCheck, isUsable } from "../../src/kit/definition-check.ts";
import { runCheck } from "../../src/kit/check.ts";
import { createKit } from "../../src/kit/create-kit.ts";
import { acme } from "../fixtures/acme.ts";
import { bolt } from "../fixtures/bolt.ts";
import { cove } from "../fixtures/cove.ts";
import { dune } from "../fixtures/dune.ts";
import { answerFaults } from "./answer-faults.ts";
import { definitionFaults } from "./definition-faults.ts";
import { embeddingFaults } from "./embedding-faults.ts";
import type { Fault } from "./fault.ts";
import { requestFaults } from "./request-faults.ts";
import { transportFaults } from "./transport-faults.ts";

export const faults: readonly Fault[] = [
  ...definitionFaults,
  ...requestFaults,
  ...embeddingFaults,
  ...answerFaults,
  ...transportFaults,
];

const recordings = {
  acme: loadCassettes(new URL("../fixtures/cassettes/acme/", import.meta.url)),
  bolt: loadCassettes(new URL("../fixtures/cassettes/bolt/", import.meta.url)),
  cove: loadCassettes(new URL("../fixtures/cassettes/cove/", import.meta.url)),
  dune: loadCassettes(new URL("../fixtures/cassettes/dune/", import.meta.url)),
};
const factories = { acme, bolt, cove, dune };

/** Runs all checks, or the named ones, over a fixture with a fault. Returns name of the check → text of the failure. */
export async function runFault(
  fault: Pick<Fault, "in" | "wrap" | "cassettes">,
  only?: readonly string[],
): Promise<Map<string, string>> {
  const factory = factories[fault.in ?? "acme"];
  const wrapped = fault.wrap?.(factory as never) ?? factory;
  const recorded = recordings[fault.in ?? "acme"];
  if (!isUsable(definitionCheck, wrapped.definition)) {
    const text = await runCheck(definitionCheck, wrapped);
    return new Map([[definitionCheck.name, text!]]);
  }
  const kit = await createKit(wrapped as never, { cassettes: fault.cassettes?.(recorded) ?? recorded });
  const failed = new Map<string, string>();
  // A faulty provider may leave rejections unhandled; the runner must not blame the test for them.
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", () => {});
  try {
    for (const check of allChecks) {
      if (!(check.applies?.(wrapped.definition) ?? true) || (only && !only.includes(check.name))) continue;
      const text = await runCheck(check, kit);
      if (text !== undefined) failed.set(check.name, text);
    }
  } finally {
    await kit.close();
    await new Promise((done) => setImmediate(done));
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  return failed;
}
