import { endpointURL } from "@llm-provider/core/internal";
import {
  type ChatEvent,
  type ChatRequest,
  type ChatResult,
  type JsonObject,
  ProviderError,
  type ProviderOptions,
} from "@llm-provider/core";
import { afterAll, describe, expect, test } from "vitest";
import { afterQuirks, readPayloads, storeBytes } from "../src/cassette/recorded-response.ts";
import { startTwin } from "../src/index.ts";
import type { Chunking } from "../src/kit/kit.ts";
import { chunkings, cutBytes, cutFinely } from "../src/kit/replay-in-memory.ts";
import { startFaultServer } from "../src/server/fault-server.ts";
import { mockServer } from "../src/server/mock-server.ts";
import { wireOf } from "../src/wire/chat-completions-wire.ts";
import { providers } from "./traffic/providers.ts";
import { bytesOf, type TrafficCase, trafficCases } from "./traffic/traffic-case.ts";

const cases = trafficCases().filter(({ kind }) => kind !== "tool");
const faultServer = await startFaultServer();
afterAll(() => faultServer.close());

if (cases.length === 0) test.skip("recorded traffic: the folder ../shared/traffic is not here", () => undefined);

test.runIf(cases.length > 0)("every provider of the recordings has a row", () => {
  expect(cases.map(({ provider }) => provider).filter((id) => !(id in providers))).toEqual([]);
});

const long = 30_000;

type Seen = { events?: ChatEvent[]; result: Partial<ChatResult>; error?: ProviderError; ids?: string[] };

describe.each(cases)("$id", (one) => {
  const row = providers[one.provider]!;
  const seen = new Map<Chunking, Promise<Seen>>();
  const readOnce = (chunking: Chunking): Promise<Seen> => {
    const found = seen.get(chunking) ?? read(one, chunking, one.kind !== "chat");
    seen.set(chunking, found);
    return found;
  };

  test.each(chunkings)("is read correctly when cut: %s", async (chunking) => {
    expectAsRecorded(one, await readOnce(chunking));
  });

  test("gives the same result for all cuts, and a stream gives the result of a whole answer", async () => {
    const all = await Promise.all(chunkings.map(readOnce));
    for (const { events } of all) expect(events).toEqual(all[0]!.events);
    if (one.kind === "chat-stream" || one.kind === "chat")
      expectAsRecorded(one, await read(one, "whole", one.kind === "chat"));
  });

  test.runIf(one.kind === "chat" || one.kind === "chat-stream")(
    "reads the same in the wire module as by hand",
    async () => {
      const recorded = {
        ...storeBytes(bytesOf(one)),
        scope: "",
        method: "POST",
        path: "",
        body: "",
        status: 200,
        rawHeaders: [],
        reads: "",
        ended: "eof" as const,
      };
      const context = { model: "", status: 200, headers: {} };
      const objects = afterQuirks(row.definition, readPayloads(recorded).objects, context).filter(
        (json) => !("error" in json) || "choices" in json,
      );
      const answer = (await wireOf(row.definition)).readAnswer(objects);
      const { expect: wanted } = one;
      const isText = one.provider !== "ollama";
      expect(answer.text).toBe(wanted.text ?? "");
      expect(answer.reasoning).toBe(wanted.reasoning ?? "");
      expect(callsOf(answer.toolCalls, isText)).toEqual(wantedCalls(wanted, isText));
      if (wanted.errorStatus === null) expect(answer.finishReason ?? null).toBe(wanted.finishReason);
    },
  );

  test.runIf(one.request?.body?.["messages"])(
    "is accepted by the twin, unless the endpoint refused its content",
    async () => {
      const twin = await startTwin(row.definition);
      const { paths } = row.definition.dialect;
      const response = await fetch(endpointURL(twin.url, paths.chat), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(one.request!.body),
      });
      await response.text();
      await twin.close();
      const isOverRequest = one.response.status === 400 || one.response.status === 422;
      expect(response.status).toBe(isOverRequest ? one.response.status : 200);
    },
  );
});

/** Reads a case over loopback; the finest cuts skip the socket, because each write would have to be awaited. */
async function read(one: TrafficCase, chunking: Chunking, stream: boolean): Promise<Seen> {
  const { status, headers = {} } = one.response;
  const type = headers["content-type"] ?? (one.response.sse === undefined ? "application/json" : "text/event-stream");
  const reply = {
    status,
    headers: { ...kept(headers), "content-type": type },
    pieces: chunking === "bytes" ? cutFinely(bytesOf(one), long) : cutBytes(bytesOf(one), chunking),
  };
  const { options } =
    chunking === "whole" || (chunking === "random" && bytesOf(one).length < long)
      ? faultServer.open(reply)
      : mockServer(reply);
  return ask(one, { apiKey: "key-for-a-replay", maxRetries: 0, ...options }, stream);
}

async function ask(one: TrafficCase, options: ProviderOptions, stream: boolean): Promise<Seen> {
  const provider = providers[one.provider]!(options);
  const asked = one.request?.body as JsonObject | null | undefined;
  const request: ChatRequest = {
    model: typeof asked?.["model"] === "string" ? asked["model"] : "any",
    messages: [{ role: "user", content: "Hello" }],
  };
  const events: ChatEvent[] = [];
  try {
    if (one.kind === "models" || one.request?.url.endsWith("/models"))
      return { result: {}, ids: (await provider.models()).map(({ id }) => id) };
    if (!stream) return { result: await provider.chat(request) };
    const answer = provider.stream(request);
    for await (const event of answer) events.push(event);
    return { events, result: await answer.result };
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    return { events, result: error.partial ?? {}, error };
  }
}

function expectAsRecorded({ expect: wanted, kind, provider }: TrafficCase, { result, error, ids }: Seen): void {
  if (kind === "models") {
    expect(ids).toEqual(wanted.modelIds);
    return;
  }
  if (wanted.errorMessage !== null || wanted.errorStatus !== null) {
    expect(error?.message).toBe(wanted.errorMessage);
    if (wanted.errorStatus !== null) expect(error?.status).toBe(wanted.errorStatus);
  } else {
    if (error) throw error;
    expect(result.rawFinishReason ?? null).toBe(wanted.finishReason);
    const {
      inputTokens,
      outputTokens,
      totalTokens,
      reasoningTokens = null,
      cachedInputTokens = null,
    } = result.usage ?? {};
    expect(
      result.usage
        ? {
            promptTokens: inputTokens,
            completionTokens: outputTokens,
            totalTokens,
            reasoningTokens,
            cachedTokens: cachedInputTokens,
          }
        : null,
    ).toEqual(wanted.usage && { ...wanted.usage, totalTokens: wanted.usage.totalTokens ?? totalTokens });
    if (wanted.model !== null) expect(result.model).toBe(wanted.model);
  }
  expect(result.text ?? "").toBe(wanted.text ?? "");
  expect(result.reasoning ?? "").toBe(wanted.reasoning ?? "");
  const isText = provider !== "ollama";
  expect(callsOf(result.toolCalls ?? [], isText)).toEqual(wantedCalls(wanted, isText));
}

/** Arguments that were an object on the wire have no original text, so their values are compared. */
function callsOf(calls: readonly { id: string; name: string; arguments: string }[], isText: boolean): object[] {
  return calls.map(({ id, name, arguments: text }) => ({
    id,
    name,
    arguments: isText || text === "" ? text : (JSON.parse(text) as unknown),
  }));
}

function wantedCalls({ toolCalls }: TrafficCase["expect"], isText: boolean): object[] {
  return callsOf(
    toolCalls.map(({ argumentsRaw, ...call }) => ({ ...call, arguments: argumentsRaw })),
    isText,
  );
}

/** The recorded headers without those of the transport, because the body is stored decoded. */
function kept(headers: Record<string, string>): Record<string, string> {
  const names = Object.keys(headers).filter(
    (name) =>
      !/^(content-length|content-encoding|transfer-encoding|connection|keep-alive|set-cookie|alt-svc|date)$/i.test(
        name,
      ) && /^[\w-]+$/.test(name),
  );
  return Object.fromEntries(
    names.map((name) => [name.toLowerCase(), String(headers[name]).replaceAll(/[^\t\x20-\x7e]/g, " ")]),
  );
}
