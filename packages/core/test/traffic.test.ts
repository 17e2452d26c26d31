import { createServer } from "node:http";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  chatCompletions,
  type ChatCompletionsOptions,
  type ChatEvent,
  type ChatResult,
  type ProviderError,
} from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { chunkings } from "./support/chunkings.ts";
import { fakeFetch } from "./support/fake-fetch.ts";

/** Each provider's dialect options. Reading does not need them: the test also shows that every row is read alike. */
const options: Record<string, ChatCompletionsOptions> = {
  alibaba: {},
  "anthropic-compat": {},
  azure: { usage: "asked" },
  deepseek: { reasoning: "reasoning_content", history: "required-with-tools", usage: "asked" },
  fireworks: { history: "optional" },
  groq: { reasoning: "reasoning", history: "optional" },
  mistral: { reasoning: "parts", history: "optional" },
  openai: { usage: "asked" },
  openrouter: { reasoning: "details", history: "verbatim" },
  perplexity: {},
  xai: { usage: "asked" },
};

type Case = {
  id: string;
  provider: string;
  kind: string;
  request: { url?: string } | null;
  response: {
    status: number;
    headers?: Record<string, string>;
    body?: unknown;
    raw?: string;
    sse?: string;
    format?: string;
  };
  expect: {
    text: string | null;
    reasoning: string | null;
    toolCalls: { id: string; name: string; argumentsRaw: string }[];
    finishReason: string | null;
    usage: Record<
      "promptTokens" | "completionTokens" | "totalTokens" | "reasoningTokens" | "cachedTokens",
      number | null
    > | null;
    errorStatus: number | null;
    errorMessage: string | null;
    model: string | null;
  };
};

// Recordings of real providers are not part of the repository. They exist only where it is developed.
const folder = join(import.meta.dirname, "../../../../shared/traffic/cases");
const cases = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".json") && name !== "index.json")
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Case)
      .filter(({ provider, kind }) => provider in options && ["chat", "chat-stream", "error"].includes(kind))
  : [];

function bytesOf({ response: { sse, raw, body } }: Case): string {
  return sse ?? raw ?? (typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body));
}

function providerOf(one: Case, body: readonly Uint8Array[]) {
  const { fetch } = fakeFetch({ status: one.response.status, body });
  return acme({ id: one.provider, dialect: chatCompletions(options[one.provider]) }, { fetch, maxRetries: 0 });
}

type Outcome = { events?: ChatEvent[]; result?: Partial<ChatResult>; error?: ProviderError };

async function stream(one: Case, pieces: readonly Uint8Array[]): Promise<Outcome> {
  const answer = providerOf(one, pieces).stream(hello);
  const events: ChatEvent[] = [];
  try {
    for await (const event of answer) events.push(event);
    return { events, result: await answer.result };
  } catch (thrown) {
    const error = thrown as ProviderError;
    return { events, error, result: error.partial ?? {} };
  }
}

async function chat(one: Case, pieces: readonly Uint8Array[]): Promise<Outcome> {
  try {
    return { result: await providerOf(one, pieces).chat(hello) };
  } catch (thrown) {
    const error = thrown as ProviderError;
    return { error, result: error.partial ?? {} };
  }
}

function expectAsRecorded({ expect: wanted }: Case, { result = {}, error }: Outcome): void {
  if (wanted.errorMessage === null && wanted.errorStatus === null) {
    if (error) throw error;
    expect(result.rawFinishReason ?? null).toBe(wanted.finishReason);
    const usage = result.usage && {
      promptTokens: result.usage.inputTokens,
      completionTokens: result.usage.outputTokens,
      totalTokens: result.usage.totalTokens,
      reasoningTokens: result.usage.reasoningTokens ?? null,
      cachedTokens: result.usage.cachedInputTokens ?? null,
    };
    expect(usage ?? null).toEqual(wanted.usage);
  } else {
    expect(error?.message).toBe(wanted.errorMessage);
    if (wanted.errorStatus !== null) expect(error?.status).toBe(wanted.errorStatus);
  }
  expect(result.text ?? "").toBe(wanted.text ?? "");
  expect(result.reasoning ?? "").toBe(wanted.reasoning ?? "");
  expect((result.toolCalls ?? []).map(({ id, name, arguments: text }) => ({ id, name, argumentsRaw: text }))).toEqual(
    wanted.toolCalls.map(({ id, name, argumentsRaw }) => ({ id, name, argumentsRaw })),
  );
  if (wanted.model !== null && !error) expect(result.model).toBe(wanted.model);
}

describe.skipIf(cases.length === 0)("recorded traffic (skipped where ../shared/traffic is missing)", () => {
  it("exists for every provider of the table", () => {
    expect(new Set(cases.map(({ provider }) => provider))).toEqual(new Set(Object.keys(options)));
  });

  it.each(cases.map((one) => [one.id, one] as const))("%s", async (_, one) => {
    let first: Outcome | undefined;
    for (const { name, pieces } of chunkings(bytesOf(one))) {
      const outcome = await stream(one, pieces);
      expectAsRecorded(one, outcome);
      expect(outcome.events, name).toEqual((first ??= outcome).events);
    }
    expectAsRecorded(one, await chat(one, [new TextEncoder().encode(bytesOf(one))]));
  });

  it("is also read over a real socket", async () => {
    const [one] = cases
      .filter(({ kind }) => kind === "chat-stream")
      .sort((a, b) => bytesOf(a).length - bytesOf(b).length);
    const server = createServer((_, response) => {
      void (async () => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        for (const piece of chunkings(bytesOf(one!))[2]!.pieces) {
          await new Promise((resolve) => response.write(piece, resolve));
          await new Promise((resolve) => setImmediate(resolve));
        }
        response.end();
      })();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const provider = acme(
      { id: one!.provider, dialect: chatCompletions(options[one!.provider]) },
      { baseURL: `http://127.0.0.1:${port}` },
    );
    expectAsRecorded(one!, { result: await provider.stream(hello).result });
    server.close();
  });
});
