import { fileURLToPath } from "node:url";
import type { Definition, ProviderFactory, ProviderOptions } from "@llm-provider/core";
import { isLoopback, readKeyVariable } from "@llm-provider/core/internal";
import { buildCassette } from "../cassette/build-cassette.ts";
import { readCassette } from "../cassette/cassette-file.ts";
import { saveCassette } from "../cassette/cassette-folder.ts";
import type { Cassette, Origin } from "../cassette/cassette.ts";
import { createRecorder } from "../cassette/create-recorder.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { scenarios } from "../scenario/scenarios.ts";
import { startTwin, type Twin } from "../twin/start-twin.ts";
import { reasonToKeep } from "./reason-to-keep.ts";
import { compareCassettes, type Difference } from "./compare-cassettes.ts";

/** The options of `record`. */
export interface RecordOptions {
  /** The folder, usually `test/cassettes/` of the adapter. */
  readonly cassettes: URL | string;
  /**
   * Record from the real endpoint (true) or from the definition's twin (false).
   * @default true if the key's environment variable is set
   */
  readonly live?: boolean;
  /**
   * Record in memory and compare with the files; write nothing.
   * @default false
   */
  readonly check?: boolean;
  /**
   * Ids of scenarios to record.
   * @default all
   */
  readonly only?: readonly string[];
}

/** The outcome of recording one scenario. */
export type Recorded = { readonly scenario: string } & (
  | { readonly outcome: "written" | "unchanged" | "same" }
  /** Why it was not recorded. */
  | { readonly outcome: "skipped" | "kept" | "failed"; readonly reason: string }
  | { readonly outcome: "differs"; readonly differences: readonly Difference[] }
);

/** The outcome of recording all scenarios. */
export interface RecordReport {
  /** Where the recordings come from. */
  readonly origin: Origin;
  readonly recorded: readonly Recorded[];
  /** False if a scenario failed, or differs in a way that breaks clients. */
  readonly ok: boolean;
}

/** A key that does not exist anywhere. */
const wrongKey = "no-such-key-7f3a9c";
const twinKey = "Rq7ZtW2mXc9LpV4s";

/**
 * Records all scenarios of an adapter: from the real endpoint with a key, else from its twin. Throws if `live` is requested
 * and the key's variable is not set.
 */
export async function record(factory: ProviderFactory, options: RecordOptions): Promise<RecordReport> {
  const { definition } = factory;
  const key = definition.auth === "none" ? undefined : await readKeyVariable(definition, definition.auth.env);
  const isLive = options.live ?? (key !== undefined && key !== "");
  if (isLive && definition.auth !== "none" && !key)
    throw new Error(
      `Set ${definition.auth.env} to record from ${definition.name}; a key is made at ${definition.auth.page}`,
    );
  const twin = isLive
    ? undefined
    : await startTwin(definition, {
        apiKey: twinKey,
        strictModels: true,
        now: () => 1_790_000_000_000,
      });
  const apiKey = twin ? twinKey : (key ?? "");
  const origin = twin ? "twin" : isLoopback(new URL(definition.baseURL).hostname) ? "local" : "live";
  const all: { recorded: Recorded; cassette?: Draft }[] = [];
  try {
    for (const scenario of scenarios) {
      if (options.only && !options.only.includes(scenario.id)) continue;
      const { cassette, ...one } = await recordOne(factory, scenario, options, apiKey, origin, twin);
      all.push({ recorded: { scenario: scenario.id, ...one } as Recorded, ...(cassette && { cassette }) });
    }
  } finally {
    await twin?.close();
  }
  // All or nothing: a folder with recordings of two days proves neither.
  const isComplete = all.every((one) => one.recorded.outcome !== "failed");
  if (isComplete) for (const { cassette } of all) if (cassette) saveCassette(options.cassettes, cassette);
  const recorded = all.map(({ recorded: one }): Recorded =>
    isComplete || one.outcome !== "written"
      ? one
      : { scenario: one.scenario, outcome: "kept", reason: "another scenario failed, so nothing was written" },
  );
  const broke = recorded.some(
    (one) =>
      one.outcome === "failed" ||
      (one.outcome === "differs" && one.differences.some(({ severity }) => severity === "breaking")),
  );
  return { origin, recorded, ok: !broke };
}

type Draft = ReturnType<typeof buildCassette>;
type One = (Recorded extends infer R ? (R extends unknown ? Omit<R, "scenario"> : never) : never) & {
  /** Written if all others can be written. */
  readonly cassette?: Draft;
};

async function recordOne(
  factory: ProviderFactory,
  scenario: Scenario,
  options: RecordOptions,
  apiKey: string,
  origin: Origin,
  twin: Twin | undefined,
): Promise<One> {
  const { definition } = factory;
  const missing = scenario.missing(definition);
  if (missing !== undefined) return { outcome: "skipped", reason: missing } as One;
  const old = readOld(options.cassettes, scenario.id);
  const reason = options.check ? undefined : reasonToKeep(options.cassettes, scenario.id, origin);
  if (reason !== undefined) return { outcome: "kept", reason } as One;
  const recorder = createRecorder({
    definition,
    fetch: twin && toTwin(definition, twin.url),
    keepsServer: origin === "local",
  });
  // No key is given if none is needed: over http to another host it would be refused.
  const keyOf = (key: string): ProviderOptions => (definition.auth === "none" ? {} : { apiKey: key });
  const at = (key: string): ProviderOptions => ({ ...keyOf(key), fetch: recorder.fetch, maxRetries: 0 });
  const outcomes = await scenario.run({
    definition,
    provider: factory(at(apiKey)),
    withWrongKey: factory(at(wrongKey)),
  });
  const failed = outcomes.find((outcome) => outcome.kind === "error");
  if ((failed !== undefined) !== (scenario.fails ?? false)) {
    const error =
      failed?.kind === "error"
        ? String((failed.error as Error)?.message ?? failed.error)
        : "the endpoint did not refuse";
    return { outcome: "failed", reason: error } as One;
  }
  const interactions = await recorder.interactions();
  const cassette = buildCassette({
    scenario: scenario.id,
    origin,
    adapter: definition.id,
    interactions,
    secrets: [apiKey],
    definition,
  });
  if (options.check) {
    if (!old)
      return {
        outcome: "differs",
        differences: [{ severity: "breaking", path: scenario.id, text: "there is no cassette" }],
      } as One;
    const differences = compareCassettes(old, cassette);
    return (differences.length === 0 ? { outcome: "same" } : { outcome: "differs", differences }) as One;
  }
  if (old && old.meta.origin === cassette.meta.origin && isSame(old, cassette)) return { outcome: "unchanged" } as One;
  return { outcome: "written", cassette } as One;
}

/** The client believes that it talks to the real endpoint, so that the cassette contains its addresses. */
function toTwin({ baseURL }: Definition, url: string): (url: string, init: RequestInit) => Promise<Response> {
  return (asked, init) => {
    const { origin, pathname, search } = new URL(asked);
    if (origin !== new URL(baseURL).origin) throw new Error(`${asked} is not at ${baseURL}.`);
    return globalThis.fetch(new URL(url).origin + pathname + search, init);
  };
}

function readOld(folder: URL | string, scenario: string): Cassette | undefined {
  try {
    return readCassette(typeof folder === "string" ? folder : fileURLToPath(folder), `${scenario}.json`);
  } catch {
    return undefined;
  }
}

/** Equal except for times: an unchanged recording is not written again. */
function isSame(old: Cassette, { interactions }: Pick<Cassette, "interactions">): boolean {
  const withoutClock = (all: Cassette["interactions"]): string =>
    JSON.stringify(all.map((one) => ({ ...one, reads: "" })));
  return withoutClock(old.interactions) === withoutClock(interactions);
}
