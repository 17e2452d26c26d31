import type { ChatRequest, Definition, ProviderError, ProviderOptions } from "@llm-provider/core";
import { describe, expect, test } from "vitest";
import { providers } from "./traffic/providers.ts";
import { mockServer } from "../src/server/mock-server.ts";

const client = (id: string, options: ProviderOptions = {}) =>
  providers[id]!({ apiKey: "key-for-a-replay", maxRetries: 0, ...options });
const tools = [{ type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } }];
const messages: ChatRequest["messages"] = [{ role: "user", content: "x" }];

describe("OpenAI: tools beside reasoning_effort", () => {
  const prepare = (request: Omit<ChatRequest, "messages">) =>
    client("openai").prepare({ ...request, messages } as ChatRequest);

  test.each(["gpt-5.6", "gpt-5.6-terra"])("%s accepts tools only with an explicit reasoning_effort none", (model) => {
    for (const effort of [{}, { reasoning_effort: "none" }, { reasoning_effort: "high" }]) {
      const { body, changes } = prepare({ model, tools, ...effort });
      expect(body["reasoning_effort"]).toBe("none");
      expect(body["tools"]).toEqual(tools);
      const isTold = changes.some(({ parameter }) => parameter === "reasoning_effort");
      expect(isTold).toBe(effort.reasoning_effort !== "none");
    }
    expect(prepare({ model, reasoning_effort: "high" }).body["reasoning_effort"]).toBe("high");
    expect(prepare({ model }).body).not.toHaveProperty("reasoning_effort");
  });

  test.each(["gpt-5.4", "gpt-5.5"])("%s drops reasoning_effort beside tools", (model) => {
    const { body, changes } = prepare({ model, tools, reasoning_effort: "high" });
    expect(body).not.toHaveProperty("reasoning_effort");
    expect(body["tools"]).toEqual(tools);
    expect(changes).toContainEqual(expect.objectContaining({ parameter: "reasoning_effort" }));
    expect(prepare({ model, reasoning_effort: "high" }).body["reasoning_effort"]).toBe("high");
  });

  test("older models accept both", () => {
    expect(prepare({ model: "gpt-5.1", tools, reasoning_effort: "high" }).body["reasoning_effort"]).toBe("high");
  });

  test("the refusal has a hint that names none", async () => {
    const message =
      "Function tools with reasoning_effort are not supported for gpt-5.7 in /v1/chat/completions. Use /v1/responses or set reasoning_effort to 'none'.";
    const error = await refusal("openai", 400, {
      error: { message, type: "invalid_request_error", param: "reasoning_effort", code: null },
    });
    expect(error.code).toBe("unsupported-parameter");
    expect(error.hint).toMatch(/none/);
  });
});

test("xAI: grok-4.6 gets no reasoning_effort none, and a change says why", () => {
  const request = { model: "grok-4.6", reasoning_effort: "none", messages } as ChatRequest;
  const { body, changes } = client("xai").prepare(request);
  expect(body).not.toHaveProperty("reasoning_effort");
  expect(changes).toContainEqual(expect.objectContaining({ parameter: "reasoning_effort", action: "dropped" }));
  expect(client("xai").prepare({ ...request, reasoning_effort: "high" }).body["reasoning_effort"]).toBe("high");
});

test("Groq: reasoning goes back only to models that reason", () => {
  const history: ChatRequest["messages"] = [
    ...messages,
    { role: "assistant", content: "y", reasoning: "because", provider: "deepseek" },
    ...messages,
  ];
  const sent = (model: string) => JSON.stringify(client("groq").prepare({ model, messages: history }).body);
  expect(sent("llama-3.3-70b-versatile")).not.toContain("because");
  expect(sent("qwen/qwen3-32b")).toContain('"reasoning":"because"');
});

describe("OpenRouter", () => {
  test("metadata.raw of a 429 is in the hint", async () => {
    const raw = "z-ai/glm is temporarily rate-limited upstream. Add your own key.";
    const error = await refusal("openrouter", 429, {
      error: { message: "Provider returned error", code: 429, metadata: { raw, provider_name: "X" } },
    });
    expect(error).toMatchObject({ code: "rate-limit", retryable: true });
    expect(error.hint).toContain("rate-limited upstream");
  });
});

describe("H1: an adapter reads an answer with deeply nested JSON", () => {
  const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
  test.each([
    ["groq", `"service_tier":${deep}`],
    ["openai", `"system_fingerprint":${deep}`],
    ["openrouter", `"provider":${deep}`],
    ["fireworks", `"perf_metrics":${deep}`],
  ])("%s", async (id, field) => {
    const body = `{"id":"c1",${field},"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}`;
    const { options } = mockServer({ status: 200, headers: { "content-type": "application/json" }, pieces: [body] });
    expect((await client(id, options).chat({ model: "any", messages })).text).toBe("Hi");
  });
});

describe("H3: no pattern of a definition is slow on a hostile text", () => {
  const common = [
    "a",
    "1",
    " ",
    ".",
    ",",
    "a ",
    "1.",
    "`",
    "'a",
    "\n",
    "1h",
    "gpt-5",
    "grok-4",
    "unknown variant `",
    "model ",
  ];
  const all = Object.entries(providers).flatMap(([id, { definition }]) =>
    patternsOf(definition as Definition).map((pattern) => [`${id} ${pattern}`, pattern] as const),
  );
  test("there are patterns of every kind", () => expect(all.length).toBeGreaterThan(60));

  test.each(all)("%s", (_, pattern) => {
    // Repeats the pattern's own words: each begins a match that fails late.
    for (const piece of [...common, ...pattern.source.split(/[^\w '`,-]+/).filter((word) => word !== "")]) {
      expect(growth(pattern, piece), JSON.stringify(piece)).toBeLessThanOrEqual(3);
    }
  });

  test("a quadratic pattern is found", () => {
    // A quadratic pattern takes four times as long; one measurement in a hundred, disturbed in all rounds, gave 2.998.
    expect(Math.max(...[1, 2, 3].map(() => growth(/a.*b/, "a")))).toBeGreaterThan(3);
  });
});

/** The cost of a text of 8 KiB divided by that of 4 KiB; 1 if it is below the noise and so blocks nobody. */
function growth(pattern: RegExp, piece: string): number {
  const text = piece.repeat(Math.ceil(8192 / piece.length)).slice(0, 8192);
  const half = text.slice(0, 4096);
  const began = performance.now();
  for (let run = 0; run < 3; run++) text.search(pattern);
  if (performance.now() - began < 0.3) return 1;
  // In turn, and the minimum of each, because disturbances only add time.
  const rounds = [1, 2, 3, 4, 5].map(() => [cost(pattern, text), cost(pattern, half)] as const);
  return Math.min(...rounds.map(([whole]) => whole)) / Math.min(...rounds.map(([, least]) => least));
}

/** Milliseconds of one match in this thread's CPU time, because others use the core too. Runs for 5 ms, because the clock is coarse. */
function cost(pattern: RegExp, text: string): number {
  const began = process.threadCpuUsage();
  for (let count = 1; ; count++) {
    text.search(pattern);
    const { user, system } = process.threadCpuUsage(began);
    if (user + system >= 5000) return (user + system) / 1000 / count;
  }
}

/** Every pattern anywhere in a definition. */
function patternsOf(value: unknown, seen = new Set<unknown>()): RegExp[] {
  if (value instanceof RegExp) return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  return Object.values(value).flatMap((inner) => patternsOf(inner, seen));
}

async function refusal(id: string, status: number, body: object): Promise<ProviderError> {
  const { options } = mockServer({
    status,
    headers: { "content-type": "application/json" },
    pieces: [JSON.stringify(body)],
  });
  return client(id, options)
    .chat({ model: "any", messages })
    .then(
      () => expect.fail("It succeeded."),
      (error: unknown) => error as ProviderError,
    );
}
