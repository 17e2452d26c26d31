import type { Base } from "../search/parameter-bench.ts";
import type { ParameterVerdict, ProbeReport } from "../report.ts";
import { unknownVerdict } from "../report.ts";
import type { Session } from "../session.ts";

/** The shared state of the steps of a probe. */
export interface Context {
  readonly session: Session;
  readonly report: ProbeReport;
  readonly model: string;
  /** The common part of every request. */
  base: Base;
  /** Parameters of one accepted request. */
  together: readonly string[];
  /** The text of the plain answer. */
  plainText: string;
  /** Reports the result of a step in one line. */
  readonly tell: (learnt: string) => void;
}

export function verdictOf({ report }: Context, name: string): ParameterVerdict {
  return (report.parameters[name] ??= unknownVerdict());
}

/** The parameters that are accepted as they are. */
export function passing({ report }: Context): string[] {
  return Object.entries(report.parameters)
    .filter(([, { verdict }]) => verdict === "accepted" || verdict === "ignored" || verdict === "clamped")
    .map(([name]) => name);
}
