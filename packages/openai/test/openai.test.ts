import type { ProviderError } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { describe, expect, it } from "vitest";
import { openai } from "../src/index.ts";

const messages = [
  { role: "system" as const, content: "Be brief." },
  { role: "user" as const, content: "Hi" },
];
const tools = [{ type: "function" as const, function: { name: "f", parameters: { type: "object", properties: {} } } }];
const sampling = { temperature: 0.2, top_p: 0.9, logprobs: true, top_logprobs: 2 };
const penalties = { presence_penalty: 1, frequency_penalty: 1, logit_bias: { "1": 2 } };

function failing(body: object | string, status: number): Promise<unknown> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const fetch = () => Promise.resolve(new Response(text, { status }));
  const { result } = openai({ apiKey: "key", maxRetries: 0, fetch }).stream({ model: "gpt-4.1", messages });
  return result.catch((error: unknown) => error);
}

describe("OpenAI", () => {
  it("has a definition without problems", () => expect(checkDefinition(openai.definition)).toEqual([]));

  it.each(["gpt-4.1", "gpt-4o-mini", "gpt-5-chat-latest", "gpt-5.2-chat-latest"])(
    "sends a request to %s unchanged",
    (model) => {
      const request = { model, messages, max_tokens: 5, ...sampling, ...penalties };
      expect(openai().prepare(request)).toMatchObject({ body: request, changes: [] });
    },
  );

  it.each(["o1", "o3-mini", "o4-mini-2025-04-16", "gpt-5", "gpt-5-nano-2025-08-07"])(
    "adapts a request to %s and reports the changes",
    (model) => {
      const { body, changes } = openai().prepare({ model, messages, max_tokens: 5, ...sampling, ...penalties });
      expect(body).toEqual({
        model,
        messages: [{ role: "developer", content: "Be brief." }, messages[1]],
        max_completion_tokens: 5,
        temperature: 1,
        stream: false,
      });
      const touched = changes.map(({ parameter }) => parameter).sort();
      expect(touched).toEqual([
        "frequency_penalty",
        "logit_bias",
        "logprobs",
        "max_tokens",
        "messages[].role",
        "presence_penalty",
        "temperature",
        "top_logprobs",
        "top_p",
      ]);
    },
  );

  it("keeps the default temperature", () => {
    expect(
      openai().prepare({ model: "gpt-5", messages: [messages[1]!], temperature: 1, logprobs: false }),
    ).toMatchObject({ body: { temperature: 1, logprobs: false }, changes: [] });
  });

  it.each(["gpt-5.1", "gpt-5.6-sol", "gpt-6-luna"])(
    "sends sampling parameters to %s unless reasoning is on",
    (model) => {
      const user = [messages[1]!];
      expect(openai().prepare({ model, messages: user, ...sampling })).toMatchObject({ body: sampling, changes: [] });
      expect(openai().prepare({ model, messages: user, ...sampling, reasoning_effort: "none" })).toMatchObject({
        body: sampling,
        changes: [],
      });
      const { body } = openai().prepare({ model, messages: user, ...sampling, reasoning_effort: "high" });
      expect(body).toEqual({ model, messages: user, temperature: 1, reasoning_effort: "high", stream: false });
    },
  );

  it("asks a stream for usage unless the caller sets stream_options", () => {
    const request = { model: "gpt-4.1", messages, stream: true };
    expect(openai().prepare(request)).toMatchObject({ body: { stream_options: { include_usage: true } }, changes: [] });
    expect(openai().prepare({ ...request, stream_options: { include_usage: false } }).body["stream_options"]).toEqual({
      include_usage: false,
    });
  });

  it("reads a refusal as filtered text", async () => {
    const body = {
      choices: [{ message: { content: null, refusal: "I cannot." }, finish_reason: "stop", logprobs: { content: [] } }],
    };
    const fetch = () => Promise.resolve(new Response(JSON.stringify(body)));
    const result = await openai({ apiKey: "key", fetch }).chat({ model: "gpt-4.1", messages });
    expect(result).toMatchObject({
      text: "I cannot.",
      finishReason: "content-filter",
      rawFinishReason: "stop",
      metadata: { "choices.0.logprobs": { content: [] } },
    });
  });

  it("distinguishes an empty account from too many requests, also inside a stream", async () => {
    const quota = {
      error: {
        message: "You exceeded your current quota",
        type: "insufficient_quota",
        param: null,
        code: "insufficient_quota",
      },
    };
    expect(await failing(quota, 429)).toMatchObject({ code: "quota", retryable: false, status: 429 });
    expect(await failing(`data: ${JSON.stringify(quota)}\n\n`, 200)).toMatchObject({ code: "quota", retryable: false });
    const rate = {
      error: {
        message: "Rate limit reached. Please try again in 1.5s.",
        type: "requests",
        code: "rate_limit_exceeded",
      },
    };
    expect((await failing(rate, 429)) as ProviderError).toMatchObject({
      code: "rate-limit",
      retryable: true,
      retryAfter: 1500,
    });
  });

  it.each([
    ["gpt-5.4", "high", undefined],
    ["gpt-5.5", "low", undefined],
    ["gpt-5.5", "none", "none"],
    ["gpt-5.6", undefined, "none"],
    ["gpt-5.6-luna", "high", "none"],
    ["gpt-6-sol", "high", "none"],
    ["gpt-5.1", "high", "high"],
    ["gpt-4.1", undefined, undefined],
  ])("for %s, sends tools with reasoning_effort %s as %s", (model, effort, sent) => {
    const request = { model, messages, tools, ...(effort && { reasoning_effort: effort as "high" }) };
    const { body, changes } = openai().prepare(request);
    expect([body["reasoning_effort"], body["tools"]]).toEqual([sent, tools]);
    expect(changes.some(({ parameter }) => parameter === "reasoning_effort")).toBe(effort !== sent);
  });

  it("refuses tools for gpt-6-astra before sending a request", () => {
    expect(() => openai().prepare({ model: "gpt-6-astra", messages, tools })).toThrow(
      expect.objectContaining({ code: "unsupported-parameter" }),
    );
  });

  it("says what to do if tools are refused together with reasoning_effort", async () => {
    const message =
      "Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions. Please use /v1/responses instead.";
    const body = { error: { message, type: "invalid_request_error", param: "reasoning_effort", code: null } };
    const error = (await failing(body, 400)) as ProviderError;
    expect(error).toMatchObject({ code: "unsupported-parameter", retryable: false });
    expect(error.hint).toMatch(/reasoning_effort: "none".*\/v1\/responses/);
  });
});
