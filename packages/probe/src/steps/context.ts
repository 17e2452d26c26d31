import type { Base } from "../search/parameter-bench.ts";
import type { ParameterVerdict, ProbeReport } from "../report.ts";
import { unknownVerdict } from "../report.ts";
import type { Session } from "../session.ts";

/** What the steps of a probe share. */
export interface Context {
  readonly session: Session;
  readonly report: ProbeReport;
  readonly model: string;
  /** What every request has in common. */
  base: Base;
  /** Parameters that one request held, and that was accepted. */
  together: readonly string[];
  /** The text of the plain answer. */
  plainText: string;
  /** Tells what a step has learnt, in a line. */
  readonly tell: (learnt: string) => void;
}

export function verdictOf({ report }: Context, name: string): ParameterVerdict {
  return (report.parameters[name] ??= unknownVerdict());
}

/** The parameters that pass as they are. */
export function passing({ report }: Context): string[] {
  return Object.entries(report.parameters)
    .filter(([, { verdict }]) => verdict === "accepted" || verdict === "ignored" || verdict === "clamped")
    .map(([name]) => name);
}
