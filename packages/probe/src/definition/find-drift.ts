import type { ChatRequest, Definition } from "@llm-provider/core";
import { sourceOf } from "@llm-provider/core/internal";
import { decide } from "@llm-provider/core/rules";
import { parameterSpecs } from "../parameter-specs.ts";
import type { ProbeReport } from "../report.ts";

/** One fact of a definition that no longer agrees with the endpoint. */
export interface Drift {
  /** The place in the definition. */
  readonly fact: string;
  readonly says: string;
  readonly measured: string;
  /** The definition's source for it, and its day. */
  readonly source: string;
  /** Numbers of the requests that show it. */
  readonly evidence: readonly number[];
}

/** Where a probe measured something else than a definition says. What the probe left open is not drift. */
export function findDrift(definition: Definition, report: ProbeReport): Drift[] {
  return [...parameterDrift(definition, report), ...otherDrift(definition, report)];
}

function* parameterDrift(definition: Definition, { parameters, model }: ProbeReport): Generator<Drift> {
  for (const { name, values } of parameterSpecs) {
    const { verdict, status, evidence } = parameters[name] ?? { verdict: "unknown", status: 0, evidence: [] };
    const request = { model, messages: [], [name]: values[0] } as ChatRequest;
    const decided = decide(definition, request).filter((one) => one.parameter === name);
    const refusal = decided.find(({ endpoint }) => typeof endpoint === "object");
    const ignored = decided.find(({ endpoint }) => endpoint === "ignores");
    const says = refusal
      ? `refused with HTTP ${(refusal.endpoint as { refuses: number }).refuses}`
      : ignored
        ? "ignored"
        : "taken";
    const isRefused = verdict === "rejected" || verdict === "renamed";
    const measured = isRefused ? `refused with HTTP ${status}` : verdict === "ignored" ? "ignored" : "taken";
    const isOpen = verdict === "unknown" || (verdict === "accepted" && says === "ignored");
    // For an endpoint that overlooks unknown names, `taken` and `ignored` are equal.
    const isSame = says === measured || (!isRefused && !refusal);
    if (isOpen || isSame) continue;
    const by = refusal ?? ignored ?? decided[0];
    const source = by?.rule?.source ?? definition.unknownParameters?.source;
    yield { fact: `parameters.${name}`, says, measured, source: describe(definition, source), evidence };
  }
}

function* otherDrift(definition: Definition, report: ProbeReport): Generator<Drift> {
  const { streaming, unknownParameters, refusals } = definition;
  const drift = (
    fact: string,
    says: string,
    measured: string,
    source: Definition["docs"] | undefined | readonly [string, string],
  ): Drift => ({
    fact,
    says,
    measured,
    source: describe(definition, source),
    evidence: [],
  });
  for (const part of ["toolCalls", "usage"] as const) {
    const measured = report.streaming[part];
    if (streaming && measured !== "unknown" && measured !== streaming[part])
      yield drift(`streaming.${part}`, streaming[part], measured, streaming.source);
  }
  const { verdict, status } = report.unknownParameters;
  const said = unknownParameters && ("rejected" in unknownParameters ? "rejected" : "ignored");
  if (said !== undefined && verdict !== "unknown" && said !== verdict)
    yield drift(
      "unknownParameters",
      said,
      `${verdict}${status ? ` with HTTP ${status}` : ""}`,
      unknownParameters!.source,
    );
  const types = report.refusals.wrongTypes;
  if (refusals && types > 0 && refusals.wrongTypes !== types)
    yield drift("refusals.wrongTypes", String(refusals.wrongTypes), String(types), refusals.source);
}

function describe(definition: Definition, source: Parameters<typeof sourceOf>[1]): string {
  const { url, asOf } = sourceOf(definition, source);
  return asOf === undefined ? url : `${url} (read ${asOf})`;
}
