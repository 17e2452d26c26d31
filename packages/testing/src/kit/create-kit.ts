import { type JsonObject, type ProviderFactory } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Cassette } from "../cassette/cassette.ts";
import type { Cassettes } from "../cassette/load-cassettes.ts";
import { afterQuirks, readPayloads } from "../cassette/read-payloads.ts";
import { documentedScenario } from "../scenario/documented-scenario.ts";
import { scenarios } from "../scenario/scenarios.ts";
import type { Answer } from "../twin/answer.ts";
import { frame } from "../twin/frame.ts";
import type { Reply } from "../twin/reply.ts";
import { wireOf } from "../twin/wire-of.ts";
import type { Chunking } from "./chunkings.ts";
import { failure } from "./failure.ts";
import type { Kit } from "./kit.ts";
import { startLoopbackSites, type LoopbackSites } from "./loopback-sites.ts";
import type { Exchange, Play } from "./play.ts";
import { takesKey } from "./takes-key.ts";
import { playInMemory } from "./play-in-memory.ts";
import type { Player } from "./player.ts";

/** No word of it stands anywhere else: a part of it that is found was leaked. */
export const canaryKey = "Zq8XvN3tLw5RkJ7yHd2Bf9Gm";

export type KitOptions = { readonly cassettes: Cassettes; readonly player?: Player };

export async function createKit(
  factory: ProviderFactory,
  options: KitOptions,
): Promise<Kit & { close(): Promise<void> }> {
  const { definition } = factory;
  const wire = await wireOf(definition);
  const { cassettes } = options;
  const apiKey = takesKey(definition) ? canaryKey : undefined;
  const caught: unknown[] = [];
  const played = new Map<string, Promise<Play | undefined>>();
  let sites: Promise<LoopbackSites> | undefined;
  const contentType = definition.dialect.framing === "sse" ? "text/event-stream" : "application/x-ndjson";
  const framed = (chunks: readonly JsonObject[], end: boolean): Reply => {
    const pieces = frame(definition, chunks);
    return {
      status: 200,
      headers: { "content-type": contentType },
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
    loopback: () => (sites ??= startLoopbackSites()),
    provider: (site, own) => factory({ apiKey, maxRetries: 0, ...site.options, ...own }),
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
    play(name, chunking = "whole") {
      const key = `${name} ${chunking}`;
      const found = played.get(key) ?? playOne(name, chunking);
      played.set(key, found);
      return found;
    },
    async plays() {
      const all: Play[] = [];
      const ids = new Set([...scenarios.map(({ id }) => id), ...cassettes.byScenario.keys()]);
      for (const id of ids) {
        const play = await kit.play(id);
        if (play) all.push(play);
      }
      return all;
    },
    async rejection(promise, expected, at) {
      const outcome = await promise.then(
        (value: unknown) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if ("value" in outcome) throw failure({ at, expected, got: outcome.value });
      caught.push(outcome.error);
      return outcome.error;
    },
  };
  return { ...kit, close: async () => (await sites)?.close() };

  async function playOne(name: string, chunking: Chunking): Promise<Play | undefined> {
    const cassette = cassettes.byScenario.get(name);
    if (!cassette) return undefined;
    const scenario = scenarios.find(({ id }) => id === name) ?? documentedScenario(cassette, wire);
    if (scenario.missing(definition) !== undefined) return undefined;
    // One read a body goes through the player of the runner, all finer cuts through memory.
    const player = chunking === "whole" ? (options.player ?? playInMemory) : playInMemory;
    const { value: outcomes, problems } = await player(cassette, chunking, (reached) => {
      const client = (): ReturnType<ProviderFactory> => factory({ apiKey, maxRetries: 0, ...reached });
      return scenario.run({ definition, provider: client(), stranger: client() });
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
