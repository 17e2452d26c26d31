import type { JsonObject, ToolFactory, ToolOptions } from "@llm-provider/core";
import type { Cassettes } from "../cassette/cassette-folder.ts";
import type { Cassette, Interaction } from "../cassette/cassette.ts";
import type { Check } from "../kit/check.ts";
import { canaryKey, labelOf } from "../kit/create-kit.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer, type ReceivedRequest } from "../server/mock-server.ts";
import { toResponse } from "../cassette/recorded-response.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- a tool of any input and output
export type AnyToolFactory = ToolFactory<any, any>;

/** One recorded run: its input and its requests. */
export interface RecordedRun {
  readonly label: string;
  readonly input: JsonObject;
  readonly interactions: readonly Interaction[];
}

/** The result of a run. */
export interface RunOutcome {
  readonly output?: unknown;
  readonly error?: unknown;
  readonly requests: readonly ReceivedRequest[];
}

/** One property that the suite proves of a tool. */
export type ToolCheck = Check<ToolKit>;

/** The tools of a check of a tool. */
export interface ToolKit {
  readonly factory: AnyToolFactory;
  readonly definition: AnyToolFactory["definition"];
  readonly cassettes: Cassettes;
  readonly key: string;
  /** The recorded runs, by the `asked` of their first request. */
  readonly runs: readonly RecordedRun[];
  /** A tool whose requests get these answers, in turn. */
  tool(
    replies: readonly MockResponse[] | MockResponse,
    options?: ToolOptions,
  ): { tool: ReturnType<AnyToolFactory>; requests: readonly ReceivedRequest[] };
  /** Repeats a recorded run with its recorded answers. */
  replay(run: RecordedRun): Promise<RunOutcome>;
  close(): Promise<void>;
}

export function createToolKit(factory: AnyToolFactory, cassettes: Cassettes): ToolKit {
  const kit: ToolKit = {
    factory,
    definition: factory.definition,
    cassettes,
    key: canaryKey,
    runs: [...cassettes.byScenario.values()].flatMap(runsOf),
    tool(replies, options) {
      const list = [replies].flat() as MockResponse[];
      const server = mockServer(
        (index) => list[Math.min(index, list.length - 1)] ?? { status: 501, headers: {}, pieces: ["not recorded"] },
      );
      const fetch = (url: string, init: RequestInit = {}): Promise<Response> => server.options.fetch!(url, init);
      return { tool: factory({ apiKey: canaryKey, fetch, ...options }), requests: server.requests };
    },
    async replay({ input, interactions }) {
      const { tool, requests } = kit.tool(interactions.map(toResponse), isKeyless(interactions) ? { apiKey: "" } : {});
      try {
        return { output: await tool.execute(input), requests };
      } catch (error) {
        return { error, requests };
      }
    },
    close: async () => {},
  };
  return kit;
}

/** Was it recorded without a key, which a tool with an optional one allows? */
export function isKeyless(interactions: readonly Interaction[]): boolean {
  return interactions.every(({ requestHeaders, path, body }) => {
    const sent = requestHeaders && JSON.stringify([requestHeaders, path, body]);
    return sent !== undefined && !sent.includes("[redacted]");
  });
}

/** A request with `asked` begins a run; requests without it belong to the run before. */
function runsOf(cassette: Cassette): RecordedRun[] {
  const runs: { label: string; input: JsonObject; interactions: Interaction[] }[] = [];
  for (const interaction of cassette.interactions) {
    if (interaction.asked !== undefined)
      runs.push({ label: labelOf(cassette), input: interaction.asked, interactions: [interaction] });
    else runs.at(-1)?.interactions.push(interaction);
  }
  return runs;
}

/** The recorded runs without a refusal. */
export function answered(kit: ToolKit): RecordedRun[] {
  return kit.runs.filter(({ interactions }) => interactions.every(({ status }) => status < 400));
}
