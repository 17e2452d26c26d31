import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import type { ProviderFactory } from "@llm-provider/core";
import { startTwin, type TwinFault } from "@llm-provider/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadOwnProviders } from "../../../test/own-packages.ts";
import { responseBytes, toResponse } from "../../testing/src/cassette/recorded-response.ts";
import { loadCassettes, type Twin } from "../../testing/src/index.ts";
import { cutBytes } from "../../testing/src/kit/replay-in-memory.ts";
import { mockServer } from "../../testing/src/server/mock-server.ts";
import { acme } from "../../testing/test/fixtures/acme.ts";
import { bolt } from "../../testing/test/fixtures/bolt.ts";
import { cove } from "../../testing/test/fixtures/cove.ts";
import { dune } from "../../testing/test/fixtures/dune.ts";
import { faults } from "../../testing/test/faults/run-fault.ts";
import { bytesOf, trafficCases } from "../../testing/test/traffic/traffic-case.ts";
import { providers as recorded } from "../../testing/test/traffic/providers.ts";
import { toAiSdk } from "../src/index.ts";
import { partProblems } from "./part-problems.ts";
import { asking, readParts } from "./read-parts.ts";

const apiKey = "sk-canary-8sGq1ZrW0pXv";
const factories = await loadOwnProviders();

const weather = {
  type: "function" as const,
  name: "get_weather",
  inputSchema: { type: "object" as const, properties: { city: { type: "string" as const } }, required: ["city"] },
};

function textOf(parts: readonly LanguageModelV4StreamPart[]): string {
  return parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");
}

function modelOver(
  factory: ProviderFactory,
  bytes: readonly Buffer[],
  response: Parameters<typeof mockServer>[0],
): ReturnType<ReturnType<typeof toAiSdk>> {
  const server = mockServer({ ...response, pieces: bytes } as never);
  return toAiSdk(factory({ apiKey, ...server.options }))(factory.definition.smallModel);
}

describe("the checker finds", () => {
  const usage = { inputTokens: {}, outputTokens: {} } as never;
  const start: LanguageModelV4StreamPart = { type: "stream-start", warnings: [] };
  const finish: LanguageModelV4StreamPart = { type: "finish", finishReason: { unified: "stop", raw: "stop" }, usage };
  const failed: LanguageModelV4StreamPart = {
    type: "finish",
    finishReason: { unified: "error", raw: undefined },
    usage,
  };
  const text: LanguageModelV4StreamPart[] = [
    { type: "text-start", id: "a" },
    { type: "text-delta", id: "a", delta: "x" },
    { type: "text-end", id: "a" },
  ];
  const call: LanguageModelV4StreamPart[] = [
    { type: "tool-input-start", id: "c", toolName: "t" },
    { type: "tool-input-delta", id: "c", delta: "{}" },
    { type: "tool-input-end", id: "c" },
    { type: "tool-call", toolCallId: "c", toolName: "t", input: "{}" },
  ];
  const error: LanguageModelV4StreamPart = { type: "error", error: new Error("x") };

  test("no problem in valid streams", () => {
    expect(partProblems([start, ...text, ...call, finish])).toEqual([]);
    expect(partProblems([start, ...text, error, failed])).toEqual([]);
  });

  test.each<[string, LanguageModelV4StreamPart[]]>([
    ["a late start", [...text, start, finish]],
    ["a second start", [start, start, finish]],
    ["no finish", [start, ...text]],
    ["two ends", [start, finish, finish]],
    ["a block left open", [start, ...text.slice(0, 2), finish]],
    ["a block that was never started", [start, text[1]!, finish]],
    ["a reused id", [start, ...text, ...text, finish]],
    ["a call without its input", [start, call[3]!, finish]],
    ["an input without its call", [start, ...call.slice(0, 3), finish]],
    [
      "deltas that differ from the input",
      [start, ...call.toSpliced(1, 1, { ...(call[1] as object), delta: "{" } as never), finish],
    ],
    ["an error without finish `error`", [start, error, finish]],
    ["content after an error", [start, error, ...text, failed]],
  ])("%s", (_, parts) => {
    expect(partProblems(parts)).not.toEqual([]);
  });
});

describe.each(factories)("cassettes of %s", (id, factory) => {
  const { byScenario } = loadCassettes(new URL(`../../${id}/test/cassettes/`, import.meta.url));
  const answers = [...byScenario.values()].flatMap((cassette) =>
    cassette.interactions
      .filter(({ method }) => method === "POST")
      .map((one, at) => [`${cassette.scenario} ${at}`, one] as const),
  );

  test("are present", () => expect(answers.length).toBeGreaterThan(5));

  test.each(answers)("%s", async (_, interaction) => {
    const bytes = responseBytes(interaction);
    const seen: string[] = [];
    for (const chunking of ["whole", "random"] as const) {
      const pieces = cutBytes(bytes, chunking);
      const parts = await readParts(modelOver(factory, pieces, toResponse(interaction) as never), asking("Hello"));
      if (interaction.status === 200) expect(parts).toBeDefined();
      expect(partProblems(parts ?? [{ type: "stream-start", warnings: [] }, finishOf()])).toEqual([]);
      seen.push(JSON.stringify(parts?.filter(({ type }) => type !== "finish")));
    }
    expect(new Set(seen).size).toBe(1);
  });
});

function finishOf(): LanguageModelV4StreamPart {
  return { type: "finish", finishReason: { unified: "stop", raw: undefined }, usage: {} as never };
}

const traffic = trafficCases().filter(({ kind, response }) => kind.startsWith("chat") && response.status === 200);
if (traffic.length === 0) test.skip("recorded traffic: the folder ../shared/traffic is not here", () => undefined);
test.runIf(traffic.length > 0).each(traffic)("recorded traffic: $id", async (one) => {
  const { definition } = recorded[one.provider]!;
  const factory =
    Object.values(Object.fromEntries(factories)).find((own) => own.definition.id === definition.id) ?? acme;
  const response = { status: 200, headers: one.response.headers ?? { "content-type": "text/event-stream" } };
  const parts = await readParts(
    modelOver(factory as ProviderFactory, cutBytes(bytesOf(one), "random"), response as never),
    asking("Hello"),
  );
  expect(partProblems(parts ?? [])).toEqual([]);
});

describe.each(factories)("the twin of %s", (_, factory) => {
  let twin: Twin;
  let fault: TwinFault = {};
  beforeAll(async () => {
    twin = await startTwin(factory.definition, {
      apiKey,
      scenarios: [
        {
          when: () => Object.keys(fault).length > 0,
          get fault() {
            return fault;
          },
        },
      ],
    });
  });
  afterAll(() => twin.close());
  const open = (id = factory.definition.smallModel): ReturnType<ReturnType<typeof toAiSdk>> =>
    toAiSdk(factory({ apiKey, baseURL: twin.url }))(id);

  test.each([
    ["a text", asking("Hello")],
    ["a call", asking("What is the weather in Paris?", { tools: [weather] })],
    ["two calls", asking("What is the weather in Paris and in Rome?", { tools: [weather] })],
    ["JSON", asking("The capital of France", { responseFormat: { type: "json" } })],
    ["a schema", asking("The capital of France", { responseFormat: { type: "json", schema: weather.inputSchema } })],
    ["an answer that stops at its token limit", asking("Hello", { maxOutputTokens: 2 })],
  ])("%s", async (_name, options) => {
    fault = {};
    const parts = await readParts(open(), options);
    expect(partProblems(parts ?? [])).toEqual([]);
    const whole = await open().doGenerate(options);
    const texts = whole.content.map((part) => (part.type === "text" ? part.text : ""));
    expect(textOf(parts ?? [])).toBe(texts.join(""));
  });

  test.each<[string, TwinFault]>([
    ["a cut after the first bytes", { cutAt: 400 }],
    ["a cut in the middle", { cutAt: 900 }],
    ["a reset", { reset: true }],
    ["invalid JSON", { malformed: true }],
    ["an error in the stream", { errorInStream: { status: 503, message: "Overloaded" } }],
    ["a rate limit", { rateLimit: { as: "seconds", wait: 1000 } }],
    ["slow pieces", { pause: 1 }],
  ])("%s", async (_name, planted) => {
    fault = planted;
    for (const text of ["Hello there, tell me a story", "What is the weather in Paris and in Rome?"]) {
      const parts = await readParts(open(), asking(text, { tools: [weather] }));
      if (parts) expect(partProblems(parts)).toEqual([]);
      expect(JSON.stringify(parts ?? [])).not.toContain(apiKey);
    }
    fault = {};
  });
});

/** These faults make core's events contradict each other. No order of parts is valid for them, so the checker must complain. */
const contradictions: readonly string[] = ["tool-deltas-lost", "tool-start-renamed"];

/** Faults that a wrapper plants around a provider. Each breaks one guarantee of core. */
describe("planted faults", () => {
  const fixtures: { readonly [name: string]: ProviderFactory } = { acme, bolt, cove, dune } as never;
  const planted = faults.filter(({ wrap }) => wrap !== undefined);
  let twins: { readonly [name: string]: Twin };
  beforeAll(async () => {
    const open = Object.entries(fixtures).map(
      async ([name, { definition }]) => [name, await startTwin(definition)] as const,
    );
    twins = Object.fromEntries(await Promise.all(open));
  });
  afterAll(() => Promise.all(Object.values(twins).map((twin) => twin.close())));

  test.each(planted)("$id", async (fault) => {
    const name = fault.in ?? "acme";
    const factory = fault.wrap!(fixtures[name]!);
    const problems: string[] = [];
    for (const text of ["Hello", "Use the tool for Paris and Rome: get_weather"]) {
      const provider = factory({ apiKey, baseURL: twins[name]!.url, timeout: 500, idleTimeout: 500 });
      const parts = await readParts(
        toAiSdk(provider)(factory.definition.smallModel),
        asking(text, { tools: [weather] }),
      );
      if (parts) problems.push(...partProblems(parts));
    }
    if (contradictions.includes(fault.id)) expect(problems).not.toEqual([]);
    else expect(problems).toEqual([]);
  });
});
