import type { ChatRequest, Json, JsonObject, ProviderFactory } from "@llm-provider/core";
import { buildCassette } from "../cassette/build-cassette.ts";
import { saveCassette } from "../cassette/cassette-folder.ts";
import { createRecorder } from "../cassette/create-recorder.ts";
import { performChat, performStream, type Scenario } from "../scenario/scenario.ts";
import { scenarios } from "../scenario/scenarios.ts";
import { mockServer } from "../server/mock-server.ts";
import { frame, streamType } from "../wire/frame.ts";
import { reasonToKeep } from "./reason-to-keep.ts";

/** The ingredients of a documented cassette. */
export interface DocumentOptions {
  /** The folder of the cassettes. */
  readonly cassettes: URL | string;
  /** A scenario of the suite, or another name for another documented answer. */
  readonly scenario: string;
  /** The page that shows the answer. */
  readonly source: string;
  /** The answer as the page shows it: a JSON body, a JSON list of chunks, or the text of a stream. */
  readonly answer: string;
  /** @default false */
  readonly stream?: boolean;
  /** @default 200 */
  readonly status?: number;
}

const placeholder = "Rq7ZtW2mXc9LpV4s";

/** Writes a cassette from an answer that a page shows: the request is the client's own. Throws a sentence if that is impossible. */
export async function documentScenario(factory: ProviderFactory, options: DocumentOptions): Promise<void> {
  const { definition } = factory;
  const { cassettes, source, status = 200 } = options;
  if (!URL.canParse(source) || !/^https?:/.test(source))
    throw new Error("`--source` is the web address of the page that shows the answer.");
  const kept = reasonToKeep(cassettes, options.scenario, "documented");
  if (kept !== undefined) throw new Error(`${options.scenario} is kept: ${kept}.`);
  const scenario = scenarios.find(({ id }) => id === options.scenario) ?? ownScenario(options);
  const missing = scenario.missing(definition);
  if (missing !== undefined) throw new Error(`${definition.name} has no scenario ${scenario.id}: ${missing}.`);
  const reply = {
    status,
    headers: { "content-type": options.stream ? streamType(definition) : "application/json" },
    pieces: [textOf(factory, options)],
  };
  const recorder = createRecorder({ definition, fetch: mockServer(reply).options.fetch });
  const at = { apiKey: placeholder, fetch: recorder.fetch, maxRetries: 0 };
  const provider = factory(at);
  const outcomes = await scenario.run({ definition, provider, withWrongKey: provider });
  if (outcomes.length !== 1)
    throw new Error(`${scenario.id} has ${outcomes.length} requests: write its cassette by hand and seal it.`);
  const [outcome] = outcomes;
  if (outcome?.kind === "error" && status < 400)
    throw new Error(`The client cannot read this answer: ${String((outcome.error as Error).message)}`);
  if (outcome?.kind !== "error" && (scenario.fails || status >= 400))
    throw new Error(`${scenario.id} is a refusal: give its status with \`--status\`.`);
  const interactions = await recorder.interactions();
  const draft = { scenario: scenario.id, origin: "documented", adapter: definition.id, definition } as const;
  const today = new Date().toISOString().slice(0, 10);
  saveCassette(cassettes, buildCassette({ ...draft, source: [source, today], secrets: [placeholder], interactions }));
}

/** A short request for an answer that no scenario of the suite requests. */
function ownScenario({ scenario, stream }: DocumentOptions): Scenario {
  return {
    id: scenario,
    title: scenario,
    missing: () => undefined,
    async run({ definition, provider }) {
      const request: ChatRequest = { model: definition.smallModel, messages: [{ role: "user", content: "Hello" }] };
      return [await (stream ? performStream : performChat)(provider, request)];
    },
  };
}

function textOf({ definition }: ProviderFactory, { answer, stream }: DocumentOptions): string {
  let json: Json;
  try {
    json = JSON.parse(answer) as Json;
  } catch {
    if (stream) return answer;
    throw new Error("The answer is not JSON. For the text of a stream add `--stream`.");
  }
  if (!stream) return answer.trim();
  return Array.isArray(json) ? frame(definition, json as JsonObject[]).join("") : answer;
}
