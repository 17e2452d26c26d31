import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import type { ChatEvent, JsonObject, StreamingFacts } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { within } from "../kit/clock.ts";
import { same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { chatFrom, collectEvents, heldStream, streamFrom } from "../kit/send.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer } from "../server/mock-server.ts";

/** How a stream behaves towards its reader. */
export const streamReading: readonly Check[] = [
  {
    name: "ignores-empty-chunks",
    by: "faults",
    title: "empty chunks make no events",
    async run(kit) {
      const chunks = kit.wire.writeChunks(kit.answer({ text: "one two", reasoning: "" }), kit.definition, true);
      const silent = kit.definition.dialect.settings
        ? chunks.flatMap((chunk) => [chunk, ...silentChunks(chunk)])
        : chunks;
      const types = (await eventsOf(kit, kit.chunks(silent)))
        .filter(({ type }) => type !== "text")
        .map(({ type }) => type);
      same(types, ["start", "finish"]);
      const texts = (await eventsOf(kit, kit.chunks(silent))).filter((event) => event.type === "text");
      truth(
        texts.every(({ text }) => text !== ""),
        "no empty text",
        texts,
      );
    },
  },
  {
    name: "ignores-repeated-messages",
    level: "SHOULD",
    by: "faults",
    title: "a stream that repeats its whole message beside the deltas is read once",
    applies: ({ dialect }) => dialect.settings !== undefined,
    async run(kit) {
      const chunks = kit.wire.writeChunks(kit.answer({ text: "one two three four five" }), kit.definition, true);
      let said = "";
      const repeating = chunks.map((chunk) => {
        const choices = (chunk["choices"] ?? []) as JsonObject[];
        said += String(readPath(choices, "0.delta.content") ?? "");
        return {
          ...chunk,
          choices: choices.map((choice) => ({ ...choice, message: { role: "assistant", content: said } })),
        };
      });
      same((await streamFrom(kit, kit.chunks(repeating))).text, "one two three four five");
    },
  },
  {
    name: "needs-no-end-mark",
    by: "faults",
    title: "a stream with a finish reason is complete without an end mark",
    async run(kit) {
      const chunks = kit.wire.writeChunks(kit.answer(), kit.definition, true);
      const { finishReason } = await streamFrom(kit, kit.chunks(chunks, { end: false }));
      same(finishReason, "stop");
    },
  },
  {
    name: "loses-nothing-for-slow-readers",
    by: "faults",
    title: "a slow reader loses nothing and gets everything in order",
    async run(kit) {
      const words = Array.from({ length: 40 }, (_, index) => `word${index} `).join("");
      const provider = kit.provider(mockServer(kit.stream(kit.answer({ text: words }))));
      const quick = (await collectEvents(provider.stream(kit.request()))).events;
      const slow: ChatEvent[] = [];
      for await (const event of provider.stream(kit.request())) {
        slow.push(event);
        await turn();
        if (slow.length % 7 === 0) await sleep(1);
      }
      same(slow, quick, { at: "the events of a slow loop and of a quick one" });
    },
  },
  {
    name: "streams-at-once",
    by: "faults",
    title: "the first piece is passed on while the endpoint is still writing",
    async run(kit) {
      let release!: () => void;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const stream = kit.provider(mockServer(heldStream(kit, gate))).stream(kit.request());
      const first = (async () => {
        for await (const event of stream) {
          if (event.type === "text") release();
        }
      })();
      try {
        await within(first, "a piece of text before the stream ends");
      } finally {
        release();
      }
    },
  },
  {
    name: "finds-token-counts-in-any-chunk",
    by: "faults",
    title: "token counts are found wherever endpoints put them, and a later null does not remove them",
    applies: ({ dialect }) => dialect.settings !== undefined,
    async run(kit) {
      const expected = { inputTokens: 11, outputTokens: 7, totalTokens: 18, cachedInputTokens: 3, reasoningTokens: 2 };
      const answer = kit.answer({ tokens: { input: 11, output: 7, total: 18, cached: 3, reasoning: 2 } });
      for (const usage of ["with-finish", "own-chunk", "own-choice"] as const) {
        const streaming: StreamingFacts = { toolCalls: "whole", usage, source: "" };
        const chunks = kit.wire.writeChunks(answer, { ...kit.definition, streaming }, true);
        const silent = { ...chunks[0], choices: [{ index: 0, delta: {}, finish_reason: null }], usage: null };
        const early = { ...chunks[0], usage: { prompt_tokens: 11, completion_tokens: 1, total_tokens: 12 } };
        for (const [at, made] of [
          [usage, chunks],
          [`${usage}, then null`, [...chunks, silent]],
          [`${usage}, after a first count`, [early, ...chunks.slice(1)]],
        ] as const) {
          const finish = (await eventsOf(kit, kit.chunks(made))).at(-1) as Extract<ChatEvent, { type: "finish" }>;
          const { cost: _cost, ...counts } = finish.usage ?? ({} as { cost?: number });
          same(counts, expected, { at });
          same(finish.rawFinishReason, "stop", { at: `${at}, finish reason` });
        }
      }
    },
  },
  {
    name: "reads-json-and-streams-alike",
    by: "faults",
    title: "a JSON response to a stream request and a stream in response to `chat` are both read",
    async run(kit) {
      const answer = kit.answer({ text: "either way" });
      const streamed = await streamFrom(kit, kit.whole(answer));
      const whole = await chatFrom(kit, kit.stream(answer));
      same([streamed.text, whole.text], ["either way", "either way"]);
      same([streamed.finishReason, whole.finishReason], ["stop", "stop"]);
    },
  },
  {
    name: "streams-what-chat-returns",
    by: "faults",
    title: "the same answer, whole and streamed, gives the same result",
    async run(kit) {
      const toolCalls = [{ id: "abcDEF123", name: "get_weather", arguments: '{"city":"Paris"}' }];
      const reasoningDetails = [{ type: "reasoning.text", index: 0, text: "I think so.", signature: "c2lnbmVk" }];
      const tokens = { input: 9, output: 5, cached: 4, reasoning: 2 };
      for (const answer of [
        kit.answer({ text: "Grüße 👋🏽", reasoning: "I think so.", reasoningDetails, tokens }),
        kit.answer({ text: "Let me look.", toolCalls }),
      ]) {
        const whole = await chatFrom(kit, kit.whole(answer));
        const streamed = await streamFrom(kit, kit.stream(answer));
        const { response: _one, ...expected } = whole;
        const { response: _other, ...got } = streamed;
        const isCounted = kit.definition.streaming?.usage !== "none";
        same(isCounted ? got : { ...got, usage: undefined }, isCounted ? expected : { ...expected, usage: undefined });
      }
    },
  },
];

async function eventsOf(kit: Kit, reply: MockResponse): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of kit.provider(mockServer(reply)).stream(kit.request())) events.push(event);
  return events;
}

function silentChunks(chunk: JsonObject): JsonObject[] {
  const deltas = [
    {},
    { role: "assistant" },
    { content: "" },
    { content: null },
    { content: null, tool_calls: [] },
    { reasoning_content: null, content: "" },
  ];
  return [
    ...deltas.map((delta) => ({ ...chunk, choices: [{ index: 0, delta, finish_reason: null }], usage: null })),
    { ...chunk, choices: [], usage: null },
  ];
}
