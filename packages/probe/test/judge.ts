import { interpret } from "../src/interpret.ts";
import { emptyReport } from "../src/report.ts";
import { Session } from "../src/session.ts";
import { createEndpoint, randomModel } from "./random-endpoint.ts";

/** The totals of the verdicts about many random endpoints. */
export interface Tally {
  /** False verdicts, as sentences. */
  falsehoods: string[];
  refusals: number;
  found: number;
  /** Ignored parameters with a visible effect. */
  ignored: number;
  foundIgnored: number;
  renamed: number;
  foundRenamed: number;
  conflicts: number;
  foundConflicts: number;
  mostRequests: number;
  mostAccepted: number;
}

/** The error styles that name no field. */
const silent = ["foreign", "empty", "text"];

/** Probes random endpoints and compares every verdict with the endpoint's real behaviour. */
export async function judge(from: number, count: number): Promise<Tally> {
  const tally: Tally = {
    falsehoods: [],
    refusals: 0,
    found: 0,
    ignored: 0,
    foundIgnored: 0,
    renamed: 0,
    foundRenamed: 0,
    conflicts: 0,
    foundConflicts: 0,
    mostRequests: 0,
    mostAccepted: 0,
  };
  for (let seed = from; seed < from + count; seed++) {
    const model = randomModel(seed);
    const endpoint = createEndpoint(model);
    const session = new Session(async (body) => endpoint(body), { requests: 64, accepted: 27 });
    const report = emptyReport("https://api.acme.ai/v1");
    await interpret(session, report, { model: "m" });
    tally.mostRequests = Math.max(tally.mostRequests, session.requests);
    tally.mostAccepted = Math.max(tally.mostAccepted, session.accepted);
    const real = new Set(model.conflicts.map((pair) => pair.toSorted().join()));
    tally.conflicts += real.size;
    for (const pair of report.conflicts) {
      if (real.has(pair.toSorted().join())) tally.foundConflicts++;
      else tally.falsehoods.push(`seed ${seed}: ${pair.join(" and ")} do not conflict`);
    }
    const { verdict: unknown } = report.unknownParameters;
    if (unknown !== "unknown" && unknown !== model.unknown) tally.falsehoods.push(`seed ${seed}: unknown fields`);
    const namesAllTypes = model.types === "strict" && model.naming === "all" && !silent.includes(model.style);
    for (const [name, { verdict }] of Object.entries(report.parameters)) {
      const { kind } = model.truths[name]!;
      const isRefusal = kind === "rejected" || kind === "onlyDefault";
      const isFalse =
        (verdict === "rejected" && !isRefusal && kind !== "renamed") ||
        (verdict === "ignored" && kind !== "ignored") ||
        (verdict === "renamed" && kind !== "renamed");
      if (isFalse) tally.falsehoods.push(`seed ${seed}: ${name} is ${verdict}, and really ${kind}`);
      if (kind === "renamed") tally.renamed++;
      if (kind === "renamed" && verdict === "renamed") tally.foundRenamed++;
      if (isRefusal) tally.refusals++;
      if (isRefusal && verdict === "rejected") tally.found++;
      const shows = ["n", "stop", "logprobs", "response_format"].includes(name) || namesAllTypes;
      if (kind === "ignored" && shows) tally.ignored++;
      if (kind === "ignored" && shows && verdict === "ignored") tally.foundIgnored++;
    }
  }
  return tally;
}
