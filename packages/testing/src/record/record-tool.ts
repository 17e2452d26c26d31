import { fileURLToPath } from "node:url";
import type { JsonObject, ToolFactory } from "@llm-provider/core";
import { readKeyVariable } from "@llm-provider/core/internal";
import { buildCassette } from "../cassette/build-cassette.ts";
import { loadCassettes, saveCassette, writeIndex } from "../cassette/cassette-folder.ts";
import { createRecorder } from "../cassette/create-recorder.ts";
import { reasonToKeep } from "./reason-to-keep.ts";
import type { Recorded, RecordReport } from "./record.ts";

/** What `recordTool` needs beside the tool. */
export interface RecordToolOptions {
  /** The folder, usually `test/cassettes/` of the tool. */
  readonly cassettes: URL | string;
  /** Name of the cassette → input of the tool. */
  readonly scenarios: { readonly [scenario: string]: JsonObject };
  /**
   * A `fetch` that answers in the endpoint's place.
   * @default the real endpoint, with the key of the environment
   */
  readonly twin?: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * Records runs of a tool, from the real endpoint or from a twin of it. A refusal is recorded like an answer. Throws if the
 * key is needed and not set.
 */
export async function recordTool<Input, Output>(
  factory: ToolFactory<Input, Output>,
  options: RecordToolOptions,
): Promise<RecordReport> {
  const { auth, id } = factory.definition;
  const origin = options.twin ? "twin" : "live";
  const key = options.twin
    ? "Rq7ZtW2mXc9LpV4s"
    : auth === "none"
      ? undefined
      : await readKeyVariable(factory.definition, auth.env);
  if (auth !== "none" && !key)
    throw new Error(`Set ${auth.env} to record from ${factory.definition.name}; a key is made at ${auth.page}`);
  const recorded: Recorded[] = [];
  const drafts: ReturnType<typeof buildCassette>[] = [];
  for (const [scenario, asked] of Object.entries(options.scenarios)) {
    const reason = reasonToKeep(options.cassettes, scenario, origin);
    if (reason !== undefined) {
      recorded.push({ scenario, outcome: "kept", reason });
      continue;
    }
    const recorder = createRecorder({ fetch: options.twin, keepsHeaders: true });
    const tool = factory({ apiKey: key, fetch: (url, init = {}) => recorder.fetch(url, init) });
    await tool.execute(asked).catch(() => undefined);
    const [first, ...others] = await recorder.interactions();
    if (!first || first.status === 0) {
      recorded.push({ scenario, outcome: "failed", reason: "nothing was answered" });
      continue;
    }
    const interactions = [{ ...first, asked }, ...others];
    drafts.push(buildCassette({ scenario, origin, adapter: id, interactions, secrets: key ? [key] : [] }));
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
