import { fileURLToPath } from "node:url";
import type { JsonObject, ToolFactory } from "@llm-provider/core";
import { isLoopback, readKeyVariable } from "@llm-provider/core/internal";
import { buildCassette } from "../cassette/build-cassette.ts";
import { loadCassettes, saveCassette, writeIndex } from "../cassette/cassette-folder.ts";
import type { Origin } from "../cassette/cassette.ts";
import { createRecorder, scopeOf } from "../cassette/create-recorder.ts";
import { reasonToKeep } from "./reason-to-keep.ts";
import type { Recorded, RecordReport } from "./record.ts";

/** The options of `recordTool`. */
export interface RecordToolOptions {
  /** The folder, usually `test/cassettes/` of the tool. */
  readonly cassettes: URL | string;
  /** Name of the cassette → input of the tool. */
  readonly scenarios: { readonly [scenario: string]: JsonObject };
  /**
   * A `fetch` that answers instead of the endpoint.
   * @default the real endpoint, with the key of the environment
   */
  readonly twin?: (url: string, init: RequestInit) => Promise<Response>;
  /** The page whose answers `twin` gives back. The cassettes are then `documented`. */
  readonly source?: string;
  /**
   * Where the real endpoint is, for one that everybody runs at an address of their own. The cassettes name the definition's.
   * @default the definition's `baseURL`
   */
  readonly at?: string;
}

/**
 * Records runs of a tool, from the real endpoint or from a twin of it. A refusal is recorded like an answer. Throws if the
 * key is needed and not set.
 */
export async function recordTool<Input, Output>(
  factory: ToolFactory<Input, Output>,
  options: RecordToolOptions,
): Promise<RecordReport> {
  const { auth, id, baseURL } = factory.definition;
  const at = options.at ?? baseURL;
  const origin = originOf(options, at);
  const key = options.twin
    ? "Rq7ZtW2mXc9LpV4s"
    : auth === "none"
      ? undefined
      : await readKeyVariable(factory.definition, auth.env);
  if (auth !== "none" && !auth.optional && !key)
    throw new Error(`Set ${auth.env} to record from ${factory.definition.name}; a key is made at ${auth.page}`);
  if (options.source !== undefined && !/^https?:\/\//.test(options.source))
    throw new Error("`source` is the web address of the page that shows the answers.");
  const recorded: Recorded[] = [];
  const drafts: ReturnType<typeof buildCassette>[] = [];
  for (const [scenario, asked] of Object.entries(options.scenarios)) {
    const reason = reasonToKeep(options.cassettes, scenario, origin);
    if (reason !== undefined) {
      recorded.push({ scenario, outcome: "kept", reason });
      continue;
    }
    const recorder = createRecorder({ fetch: options.twin, keepsHeaders: true, keepsServer: origin === "local" });
    const tool = factory({
      apiKey: key ?? "",
      fetch: (url, init = {}) => recorder.fetch(url, init),
      ...(at !== undefined && { baseURL: at }),
    });
    await tool.execute(asked).catch(() => undefined);
    const [first, ...others] = await recorder.interactions();
    if (!first || first.status === 0) {
      recorded.push({ scenario, outcome: "failed", reason: "nothing was answered" });
      continue;
    }
    const interactions = [{ ...first, asked }, ...others];
    const draft = { scenario, origin, adapter: id, interactions, secrets: key ? [key] : [] };
    const source = options.source && ([options.source, new Date().toISOString().slice(0, 10)] as const);
    drafts.push(
      buildCassette({
        ...draft,
        ...(source && { source }),
        ...(baseURL !== undefined && at !== baseURL && { scope: scopeOf(baseURL) }),
      }),
    );
    recorded.push({ scenario, outcome: "written" });
  }
  if (recorded.some(({ outcome }) => outcome === "failed")) {
    const reason = "another scenario failed, so nothing was written";
    const all = recorded.map((one): Recorded =>
      one.outcome === "written" ? { scenario: one.scenario, outcome: "kept", reason } : one,
    );
    return { origin, recorded: all, ok: false };
  }
  for (const draft of drafts) saveCassette(options.cassettes, draft);
  const folder = typeof options.cassettes === "string" ? options.cassettes : fileURLToPath(options.cassettes);
  writeIndex(folder, [...loadCassettes(folder).byScenario.keys()]);
  return { origin, recorded, ok: true };
}

function originOf({ twin, source }: RecordToolOptions, at: string | undefined): Origin {
  if (source !== undefined) return "documented";
  if (twin) return "twin";
  return at !== undefined && isLoopback(new URL(at).hostname) ? "local" : "live";
}
