import { checkDefinition } from "@llm-provider/core/check";
import { defaultTarget, printEndpoint, toEndpoint } from "@llm-provider/librechat";
import type { ProbeReport } from "../report.ts";
import type { Identity } from "./identity.ts";
import { printWhole } from "./print-definition.ts";
import { toDefinition } from "./to-definition.ts";
import { exportNameOf } from "./write-package.ts";

/** Adds the definition and the entry for LibreChat to a report that was not stopped. */
export function finishReport(report: ProbeReport, identity: Identity): void {
  if (!report.ok) return;
  const definition = toDefinition(report, identity);
  const [problem] = checkDefinition(definition);
  if (problem)
    throw new Error(
      `The definition of this probe is not sound: ${problem.path}: ${problem.message} This is a fault of ours: please report it.`,
    );
  const options = { target: defaultTarget, keys: "env" } as const;
  report.definition = printWhole(report, identity, exportNameOf(identity.id));
  report.librechat = printEndpoint(toEndpoint(definition, options));
}
