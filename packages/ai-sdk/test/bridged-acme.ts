import { chatCompletions, defineProvider, type JsonObject } from "@llm-provider/core";
import { mockServer, type MockServer } from "../../testing/src/server/mock-server.ts";

export const apiKey = "sk-canary-8sGq1ZrW0pXv";
const day = ["https://acme.example/docs", "2026-11-28"] as const;

/** An endpoint with a rule for everything that a bridge must report or work around. */
export const acme = defineProvider({
  id: "acme",
  name: "Acme",
  docs: "https://acme.example/docs",
  baseURL: "https://acme.example/v1",
  auth: { env: "ACME_API_KEY", page: "https://acme.example/keys" },
  dialect: chatCompletions({ reasoning: "details", history: "verbatim", usage: "volunteered" }),
  models: {
    large: {
      context: 1000,
      maxOutput: 100,
      features: ["tools", "json", "schema", "images"],
      price: { input: 1, output: 2, cached: 0.5 },
      source: day,
    },
    small: { features: ["tools", "json"], source: day },
    unforced: { features: ["tools", "json"], source: day },
    plain: { features: ["json"], source: day },
    old: { retired: { on: "2026-01-31", use: "large" }, source: day },
    vectors: { features: ["embeddings"], source: day },
  },
  smallModel: "small",
  embeddings: { maxInputs: 2, source: day },
  request: {} as { thinking?: { type: "enabled" | "disabled" } },
  parameters: {
    temperature: { range: [0, 1], source: day },
    seed: { rejected: 400, source: day },
    max_tokens: { renamed: "max_completion_tokens", source: day },
    tool_choice: { rejected: 400, models: ["unforced"], source: day },
  },
  messages: { content: "text", source: day },
  unknownParameters: { rejected: 400, known: ["messages", "model"], source: day },
});

const usage = {
  prompt_tokens: 10,
  completion_tokens: 5,
  total_tokens: 15,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 2 },
};

/** A whole answer. */
export function completion(message: object, finish = "stop"): JsonObject {
  const choice = { index: 0, message: { role: "assistant", ...message }, finish_reason: finish };
  return { id: "c1", model: "large", choices: [choice], usage };
}

/** A chunk of a stream; the last one has a finish reason and the usage. */
export function delta(fields: object, finish: string | null = null): JsonObject {
  const choice = { index: 0, delta: fields as JsonObject, finish_reason: finish };
  return { id: "c1", model: "large", choices: [choice], ...(finish !== null && { usage }) };
}

export interface Answering {
  provider: ReturnType<typeof acme>;
  /** The bodies of all requests so far. */
  // oxlint-disable-next-line typescript/no-explicit-any -- wire bodies
  bodies: () => any[];
  requests: MockServer["requests"];
}

/** Acme with the same answer to every request: a whole one, or the chunks of a stream. */
export function answering(
  body: object | readonly object[],
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Answering {
  const isStream = Array.isArray(body);
  const events = isStream ? body.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`) : [JSON.stringify(body)];
  const server = mockServer({
    status,
    headers: { "content-type": isStream ? "text/event-stream" : "application/json", "x-request-id": "r1", ...headers },
    pieces: isStream ? [...events, "data: [DONE]\n\n"] : events,
  });
  return {
    provider: acme({ apiKey, maxRetries: 0, ...server.options }),
    bodies: () => server.requests.map(({ text }) => JSON.parse(text) as unknown),
    requests: server.requests,
  };
}

/** Acme that answers each text with the vector [index of the text, 1]. */
export function embedding(): Answering {
  const server = mockServer((_, { text }) => {
    const { input } = JSON.parse(text) as { input: string[] };
    const data = input.map((__, index) => ({ object: "embedding", index, embedding: [index, 1] }));
    const answer = { data, model: "vectors", usage: { prompt_tokens: 3, total_tokens: 3 } };
    return { status: 200, headers: {}, pieces: [JSON.stringify(answer)] };
  });
  return {
    provider: acme({ apiKey, ...server.options }),
    bodies: () => server.requests.map(({ text }) => JSON.parse(text) as unknown),
    requests: server.requests,
  };
}
