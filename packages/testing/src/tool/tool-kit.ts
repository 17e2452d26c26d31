import type { JsonObject, ToolFactory, ToolOptions } from "@llm-provider/core";
import type { Cassette, Interaction } from "../cassette/cassette.ts";
import type { Cassettes } from "../cassette/load-cassettes.ts";
import { canaryKey, labelOf } from "../kit/create-kit.ts";
import { memorySite } from "../kit/memory-site.ts";
import { replayHeaders } from "../kit/replay-headers.ts";
import { responseBytes } from "../cassette/response-bytes.ts";
import type { Reply } from "../twin/reply.ts";
import type { SiteRequest } from "../kit/site.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- a tool of any input and output
export type AnyToolFactory = ToolFactory<any, any>;

/** One run that was recorded: its input, and the requests that it made. */
export type RecordedRun = {
  readonly label: string;
  readonly input: JsonObject;
  readonly interactions: readonly Interaction[];
};

/** What a run came to. */
export type RunOutcome = {
  readonly output?: unknown;
  readonly error?: unknown;
  readonly requests: readonly SiteRequest[];
};

/** What a check of a tool has to work with. */
export type ToolKit = {
  readonly factory: AnyToolFactory;
  readonly definition: AnyToolFactory["definition"];
  readonly cassettes: Cassettes;
  readonly key: string;
  /** The recorded runs, by the `asked` of their first request. */
  readonly runs: readonly RecordedRun[];
  /** A tool whose requests get these answers, in turn. */
  tool(
    replies: readonly Reply[] | Reply,
    options?: ToolOptions,
  ): { tool: ReturnType<AnyToolFactory>; requests: readonly SiteRequest[] };
  /** Runs a recorded run over its recorded answers. */
  replay(run: RecordedRun): Promise<RunOutcome>;
};

export function createToolKit(factory: AnyToolFactory, cassettes: Cassettes): ToolKit {
  const kit: ToolKit = {
    factory,
    definition: factory.definition,
    cassettes,
    key: canaryKey,
    runs: [...cassettes.byScenario.values()].flatMap(runsOf),
    tool(replies, options) {
      const list = [replies].flat() as Reply[];
      const site = memorySite(
        (index) => list[Math.min(index, list.length - 1)] ?? { status: 501, headers: {}, pieces: ["not recorded"] },
      );
      const fetch = (url: string, init: RequestInit = {}): Promise<Response> => site.options.fetch!(url, init);
      return { tool: factory({ apiKey: canaryKey, fetch, ...options }), requests: site.requests };
    },
    async replay({ input, interactions }) {
      const { tool, requests } = kit.tool(interactions.map(replyOf));
      try {
        return { output: await tool.execute(input), requests };
      } catch (error) {
        return { error, requests };
      }
    },
  };
  return kit;
}

export function replyOf(interaction: Interaction): Reply {
  return { status: interaction.status, headers: replayHeaders(interaction), pieces: [responseBytes(interaction)] };
}

/** A request with `asked` begins a run; those without belong to the run before. */
function runsOf(cassette: Cassette): RecordedRun[] {
  const runs: { label: string; input: JsonObject; interactions: Interaction[] }[] = [];
  for (const interaction of cassette.interactions) {
    if (interaction.asked !== undefined)
      runs.push({ label: labelOf(cassette), input: interaction.asked, interactions: [interaction] });
    else runs.at(-1)?.interactions.push(interaction);
  }
  return runs;
}
