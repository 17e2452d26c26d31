import type { ProviderError, ProviderOptions } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { describe, expect, it } from "vitest";
import { openrouter } from "../src/index.ts";

const model = "openai/gpt-oss-120b";
const messages = [{ role: "user" as const, content: "Hi" }];
const completion = { id: "gen-1", model, choices: [{ message: { content: "Hello" }, finish_reason: "stop" }] };

function answering(body: object | string, status = 200, headers: Record<string, string> = {}): ProviderOptions {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { apiKey: "key", maxRetries: 0, fetch: () => Promise.resolve(new Response(text, { status, headers })) };
}

function events(...chunks: object[]): string {
  return `: OPENROUTER PROCESSING\n\n${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("")}data: [DONE]\n\n`;
}

async function failing(body: object, status = 200): Promise<ProviderError> {
  const thrown: unknown = await openrouter(answering(body, status))
    .chat({ model, messages })
    .catch((reason: unknown) => reason);
  return thrown as ProviderError;
}

describe("OpenRouter", () => {
  it("has a definition without problems", () => expect(checkDefinition(openrouter.definition)).toEqual([]));

  it("sends the headers that identify an app", async () => {
    let sent: RequestInit["headers"];
    const fetch = (_: string, init: RequestInit) => {
      sent = init.headers;
      return Promise.resolve(new Response(JSON.stringify(completion)));
    };
    const headers = { "HTTP-Referer": "https://example.org", "X-Title": "Example" };
    await openrouter({ apiKey: "key", fetch, headers }).chat({ model, messages });
    expect(sent).toMatchObject({
      "http-referer": "https://example.org",
      "x-title": "Example",
      authorization: "Bearer key",
    });
  });

  it("drops reasoning_effort only if reasoning.effort is set too", () => {
    const effort = (reasoning: object) =>
      openrouter().prepare({ model, messages, reasoning_effort: "low", reasoning }).body["reasoning_effort"];
    expect(effort({ effort: "high" })).toBeUndefined();
    expect(effort({ exclude: true })).toBe("low");
  });

  it("keeps the finish reason if the usage chunk has none, and returns cost and provider", async () => {
    const usage = { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6, cost: 0.002, is_byok: false };
    const text = events(
      {
        id: "gen-1",
        model,
        provider: "Groq",
        choices: [{ index: 0, delta: { content: "Hel" }, finish_reason: "length" }],
      },
      { choices: [{ index: 0, delta: { content: "" }, finish_reason: "length" }] },
      { choices: [{ index: 0, delta: { content: "" }, finish_reason: null }], usage },
    );
    const result = await openrouter(answering(text)).stream({ model, messages }).result;
    expect(result).toMatchObject({
      rawFinishReason: "length",
      usage: { cost: 0.002 },
      metadata: { provider: "Groq", "usage.is_byok": false },
    });
  });

  it("unwraps a completion that is nested in provider", async () => {
    const body = { id: null, choices: null, provider: { ...completion, provider: null } };
    expect(await openrouter(answering(body)).chat({ model, messages })).toMatchObject({ id: "gen-1", text: "Hello" });
  });

  it("reads an answer without choices as retryable", async () => {
    expect(await failing({ id: "gen-1", choices: null })).toMatchObject({
      code: "server",
      status: 502,
      retryable: true,
    });
  });

  it("throws an error inside a 200, with or without choices", async () => {
    const error = { code: 400, message: "Token limit reached" };
    expect(await failing({ id: null, choices: null, error })).toMatchObject({
      code: "invalid-request",
      status: 400,
      message: "Token limit reached",
    });
    const text = events({ choices: [{ index: 0, delta: { content: "Hel" }, finish_reason: "length" }], error });
    const thrown: unknown = await openrouter(answering(text))
      .stream({ model, messages })
      .result.catch((reason: unknown) => reason);
    expect(thrown).toMatchObject({ status: 400, partial: { text: "Hel" } });
  });

  it("distinguishes three kinds of 402", async () => {
    const inFlight = await failing(
      { error: { code: 402, message: "Busy", metadata: { limit_source: "openrouter_in_flight_budget" } } },
      402,
    );
    expect(inFlight).toMatchObject({ code: "quota", retryable: true });
    const afford = await failing(
      { error: { code: 402, message: "You requested up to 64000 tokens, but can only afford 2666" } },
      402,
    );
    expect(afford).toMatchObject({ code: "quota", retryable: false, hint: expect.stringMatching(/max_tokens/) });
    expect(await failing({ error: { code: 402, message: "Insufficient credits" } }, 402)).toMatchObject({
      code: "quota",
      retryable: false,
    });
  });

  it("keeps the error of the provider behind it", async () => {
    const metadata = { provider_name: "Mistral", raw: "Unexpected role 'tool' after role 'user'" };
    const error = await failing({ error: { code: 400, message: "Provider returned error", metadata } }, 400);
    expect(error).toMatchObject({
      hint: expect.stringMatching(/metadata\.raw/),
      metadata: { "error.metadata": metadata },
    });
  });

  it("reads a reset time in milliseconds since 1970", async () => {
    const headers = {
      "x-ratelimit-limit": "20",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(Date.now() + 30_000),
    };
    const options = answering({ error: { code: 429, message: "Rate limit exceeded" } }, 429, headers);
    const thrown: unknown = await openrouter(options)
      .chat({ model, messages })
      .catch((reason: unknown) => reason);
    const { limits } = thrown as ProviderError;
    expect(limits?.requests).toMatchObject({ limit: 20, remaining: 0 });
    expect(limits?.requests?.reset).toBeGreaterThan(25_000);
  });

  it("sends reasoning_details back unchanged", async () => {
    const details = [
      { type: "reasoning.text", text: "Two and two", signature: "c2ln", format: "anthropic-claude-v1", index: 0 },
    ];
    const body = {
      ...completion,
      choices: [
        { message: { content: "4", reasoning: "Two and two", reasoning_details: details }, finish_reason: "stop" },
      ],
    };
    const { message } = await openrouter(answering(body)).chat({ model, messages });
    const sent = openrouter().prepare({ model, messages: [...messages, message, ...messages] }).body["messages"][1];
    expect(sent).toMatchObject({ content: "4", reasoning: "Two and two", reasoning_details: details });
    expect(sent).not.toHaveProperty("provider");
  });

  it("quotes the provider's error about its rate limit in the hint, if there is one", async () => {
    const said = (metadata: object) =>
      failing({ error: { code: 429, message: "Provider returned error", metadata } }, 429);
    const error = await said({ provider_name: "X", raw: "temporarily rate-limited upstream" });
    expect(error).toMatchObject({ code: "rate-limit", retryable: true });
    expect(error.hint).toContain('"temporarily rate-limited upstream"');
    expect((await said({ provider_name: "X" })).hint).not.toMatch(/[{}]/);
  });

  it.each([
    [502, "server", true],
    [429, "rate-limit", true],
    [400, "invalid-request", false],
  ])("reads an error inside a choice by its code, %i", async (code, expected, retryable) => {
    const choice = { index: 0, finish_reason: "error", error: { code, message: "lost" }, message: { content: "Part" } };
    const error = await failing({ id: "gen-1", choices: [choice] });
    expect(error).toMatchObject({ code: expected, retryable, message: "lost", partial: { text: "Part" } });
  });
});
