import type { ProviderError, ProviderOptions } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { describe, expect, it } from "vitest";
import { fireworks } from "../src/index.ts";

const model = "accounts/fireworks/models/gpt-oss-20b";
const messages = [{ role: "user" as const, content: "Hi" }];

function answering(body: object, status = 200, headers: Record<string, string> = {}): ProviderOptions {
  return {
    apiKey: "key",
    maxRetries: 0,
    fetch: () => Promise.resolve(new Response(JSON.stringify(body), { status, headers })),
  };
}

describe("Fireworks", () => {
  it("has a definition without problems", () => expect(checkDefinition(fireworks.definition)).toEqual([]));

  it.each([
    ["gpt-oss-20b", model],
    [model, model],
    ["accounts/me/models/mine", "accounts/me/models/mine"],
    ["nomic-ai/nomic-embed-text-v1.5", "nomic-ai/nomic-embed-text-v1.5"],
    ["mine#accounts/me/deployments/1", "mine#accounts/me/deployments/1"],
  ])("sends model %s as %s", (asked, sent) => {
    expect(fireworks().prepare({ model: asked, messages }).body["model"]).toBe(sent);
  });

  it("keeps one of two conflicting token limits and one of two conflicting reasoning settings", () => {
    const request = {
      model,
      messages,
      max_tokens: 1,
      max_completion_tokens: 2,
      reasoning_effort: "high",
      thinking: { type: "enabled" },
    } as const;
    const { body, changes } = fireworks().prepare(request);
    expect(body).toMatchObject({ max_completion_tokens: 2, thinking: { type: "enabled" } });
    expect(body).not.toHaveProperty("max_tokens");
    expect(body).not.toHaveProperty("reasoning_effort");
    expect(changes.map((change) => change.parameter)).toEqual(["max_tokens", "reasoning_effort"]);
    expect(fireworks().prepare({ model, messages, max_tokens: 1 })).toMatchObject({
      body: { max_tokens: 1 },
      changes: [],
    });
  });

  it("sends user, metadata and stream_options unchanged", () => {
    const request = {
      model,
      messages,
      user: "u",
      metadata: { a: "b" },
      stream: true,
      stream_options: { include_usage: true },
    };
    expect(fireworks().prepare(request)).toMatchObject({ body: request, changes: [] });
  });

  it("clamps numbers to their range", () => {
    const { body, changes } = fireworks().prepare({
      model,
      messages,
      top_logprobs: 20,
      temperature: 2,
      logprobs: true,
    });
    expect(body).toMatchObject({ top_logprobs: 5, temperature: 2, logprobs: true });
    expect(changes).toMatchObject([{ parameter: "top_logprobs", action: "clamped", from: 20, to: 5 }]);
  });

  it.each([
    [
      400,
      {
        error: {
          object: "error",
          type: "invalid_request_error",
          message: "Extra inputs are not permitted, field: 'x', value: 1",
        },
      },
      "unsupported-parameter",
      /field: 'x'/,
    ],
    [401, { error: "unauthorized" }, "invalid-key", /^unauthorized$/],
    [
      429,
      { fault: { faultstring: "Rate limit quota violation", detail: { errorcode: "policies.ratelimit" } } },
      "rate-limit",
      /quota violation/,
    ],
    [404, { detail: "Model not found" }, "not-found", /Model not found/],
    [412, { error: { message: "Account suspended" } }, "quota", /suspended/],
  ])("reads a %i with the body %j", async (status, body, code, message) => {
    const error = await fireworks(answering(body, status))
      .chat({ model, messages })
      .catch((thrown: ProviderError) => thrown);
    expect(error).toMatchObject({
      code,
      status,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
    });
  });

  it.each([
    ["a header", { "fireworks-cached-prompt-tokens": "7" }, {}],
    ["the metrics", {}, { perf_metrics: { "cached-prompt-tokens": "7" } }],
  ])("reads cached tokens from %s", async (_, headers, extra) => {
    const usage = { prompt_tokens: 10, completion_tokens: 1, total_tokens: 11, prompt_tokens_details: null };
    const body = { choices: [{ message: { content: "a" }, finish_reason: "stop" }], usage, ...extra };
    const result = await fireworks(answering(body, 200, headers)).chat({ model, messages });
    expect(result.usage).toMatchObject({ cachedInputTokens: 7 });
  });

  it("returns metrics and limits", async () => {
    const headers = { "fireworks-server-time-to-first-token": "0.12", "x-ratelimit-limit-tokens-prompt": "60000" };
    const body = { choices: [{ message: { content: "a" }, finish_reason: "stop" }] };
    expect(await fireworks(answering(body, 200, headers)).chat({ model, messages })).toMatchObject({
      metadata: { "header:fireworks-server-time-to-first-token": "0.12" },
      response: { limits: { tokens: { limit: 60_000 } } },
    });
  });
});
