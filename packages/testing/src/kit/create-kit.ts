import type { JsonObject, ProviderFactory } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Cassettes } from "../cassette/cassette-folder.ts";
import type { Cassette } from "../cassette/cassette.ts";
import { afterQuirks, readPayloads } from "../cassette/recorded-response.ts";
import { type FaultServer, startFaultServer } from "../server/fault-server.ts";
import { wireOf } from "../wire/chat-completions-wire.ts";
import { frame, streamType } from "../wire/frame.ts";
import type { Answer } from "../wire/wire.ts";
import { within } from "./clock.ts";
import { rejectionOf } from "./expect.ts";
import type { Exchange, Kit, Replay, Replayer, TextResponse } from "./kit.ts";
import type { Chunking } from "./kit.ts";
import { replayInMemory } from "./replay-in-memory.ts";
import { takesKey } from "./takes-key.ts";
import { scenarioOf, scenarios } from "../scenario/scenarios.ts";

/** Random, so that any part of it that appears somewhere was leaked. */
export const canaryKey = "Zq8XvN3tLw5RkJ7yHd2Bf9Gm";

export type KitOptions = { readonly cassettes: Cassettes; readonly replayer?: Replayer };

export async function createKit(
  factory: ProviderFactory,
  options: KitOptions,
): Promise<Kit & { close(): Promise<void> }> {
  const { definition } = factory;
  const wire = await wireOf(definition);
  const { cassettes } = options;
  const apiKey = takesKey(definition) ? canaryKey : undefined;
  const caught: unknown[] = [];
  const replayed = new Map<string, Promise<Replay | undefined>>();
  let faultServer: Promise<FaultServer> | undefined;
  const framed = (chunks: readonly JsonObject[], end: boolean): TextResponse => {
    const pieces = frame(definition, chunks);
    return {
      status: 200,
      headers: { "content-type": streamType(definition) },
      pieces: end || definition.dialect.framing !== "sse" ? pieces : pieces.slice(0, -1),
    };
  };

  const kit: Kit = {
    factory,
    definition,
    wire,
    cassettes,
    key: canaryKey,
    caught,
    faultServer: () => (faultServer ??= startFaultServer()),
    provider: (server, own) => factory({ apiKey, maxRetries: 0, ...server.options, ...own }),
    request: (extra) => ({ model: definition.smallModel, messages: [{ role: "user", content: "Hello" }], ...extra }),
    answer: (extra) => ({
      id: "answer-1",
      model: definition.smallModel,
      created: 1_790_000_000,
      text: "Hello there.",
      reasoning: "",
      toolCalls: [],
      finishReason: extra?.toolCalls?.length ? wire.finishReasons["tool-calls"] : wire.finishReasons.stop,
      tokens: { input: 11, output: 7 },
      extra: {},
      ...extra,
    }),
    whole: (answer) => kit.json(200, wire.writeAnswer(answer, definition)),
    stream: (answer) => framed(wire.writeChunks(answer, definition, true), true),
    chunks: (chunks, { end = true } = {}) => framed(chunks, end),
    json: (status, body, headers) => ({
      status,
      headers: { "content-type": "application/json", ...headers },
      pieces: [JSON.stringify(body)],
    }),
    replay(name, chunking = "whole") {
      const key = `${name} ${chunking}`;
      const found = replayed.get(key) ?? replayOne(name, chunking);
      replayed.set(key, found);
      return found;
    },
    async replays() {
      const all: Replay[] = [];
      const ids = new Set([...scenarios.map(({ id }) => id), ...cassettes.byScenario.keys()]);
      for (const id of ids) {
        const replay = await kit.replay(id);
        if (replay) all.push(replay);
      }
      return all;
    },
    async rejection(promise, at) {
      const error = await rejectionOf(promise, at);
      caught.push(error);
      return error;
    },
    promptRejection: (promise, at) => kit.rejection(within(promise, "a rejection", { at }), at),
  };
  return { ...kit, close: async () => (await faultServer)?.close() };

  async function replayOne(name: string, chunking: Chunking): Promise<Replay | undefined> {
    const cassette = cassettes.byScenario.get(name);
    if (!cassette) return undefined;
    const scenario = scenarioOf(cassette, wire);
    if (scenario.missing(definition) !== undefined) return undefined;
    // Whole bodies go through the runner's replayer; finer cuts are replayed in memory.
    const replayer = chunking === "whole" ? (options.replayer ?? replayInMemory) : replayInMemory;
    const { value: outcomes, problems } = await replayer(cassette, chunking, (reached) => {
      const client = (): ReturnType<ProviderFactory> => factory({ apiKey, maxRetries: 0, ...reached });
      return scenario.run({ definition, provider: client(), withWrongKey: client() });
    });
    for (const outcome of outcomes) if (outcome.kind === "error") caught.push(outcome.error);
    const exchanges = outcomes.flatMap((outcome, index): Exchange[] => {
      const interaction = cassette.interactions[index];
      return interaction ? [{ interaction, outcome, ...readAnswer(interaction) }] : [];
    });
    return { scenario, cassette, label: labelOf(cassette), exchanges, problems };
  }

  function readAnswer(interaction: Cassette["interactions"][number]): { answer?: Answer } {
    if (interaction.status !== 200 || interaction.method !== "POST") return {};
    const context = { model: String(readPath(interaction.body, "model")), status: 200, headers: {} };
    return { answer: wire.readAnswer(afterQuirks(definition, readPayloads(interaction).objects, context)) };
  }
}

export function labelOf({ scenario, meta }: Cassette): string {
  return `${scenario}.json (${meta.origin}, ${meta.recordedAt.slice(0, 10)})`;
}
