import type { ProviderError, ProviderOptions } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { describe, expect, it } from "vitest";
import { groq } from "../src/index.ts";

const model = "openai/gpt-oss-120b";
const messages = [{ role: "user" as const, content: "Hi" }];

function answering(body: string, status = 200, headers: Record<string, string> = {}): ProviderOptions {
  return { apiKey: "key", maxRetries: 0, fetch: () => Promise.resolve(new Response(body, { status, headers })) };
}

async function failing(error: object, status: number): Promise<ProviderError> {
  const thrown: unknown = await groq(answering(JSON.stringify({ error }), status))
    .chat({ model, messages })
    .catch((reason: unknown) => reason);
  return thrown as ProviderError;
}

describe("Groq", () => {
  it("has a definition without problems", () => expect(checkDefinition(groq.definition)).toEqual([]));

  it("sends only the message fields that Groq accepts, including reasoning", () => {
    const turn = {
      role: "assistant" as const,
      content: "4",
      reasoning: "2+2",
      refusal: null,
      annotations: [],
      provider: "groq",
    };
    const { body, changes } = groq().prepare({ model, messages: [...messages, turn, ...messages] });
    expect(body["messages"][1]).toEqual({ role: "assistant", content: "4", reasoning: "2+2" });
    expect(changes.map((change) => change.parameter).sort()).toEqual(["messages[].annotations", "messages[].refusal"]);
  });

  it("sends n: 1 and refuses a larger n", () => {
    expect(groq().prepare({ model, messages, n: 1 }).body["n"]).toBe(1);
    expect(() => groq().prepare({ model, messages, n: 2 })).toThrow(/`n`/);
  });

  it("maps an effort that the model does not support to the nearest one", () => {
    const effort = (id: string, reasoning_effort: string) =>
      groq().prepare({ model: id, messages, reasoning_effort: reasoning_effort as never }).body["reasoning_effort"];
    expect(effort(model, "none")).toBe("low");
    expect(effort(model, "high")).toBe("high");
    expect(effort("qwen/qwen3-32b", "high")).toBe("default");
    expect(effort("qwen/qwen3.8-27b", "high")).toBe("high");
  });

  it("reads usage that is only in x_groq, and times as metadata", async () => {
    const usage = { queue_time: 0.1, prompt_tokens: 5, completion_tokens: 1, total_tokens: 6, total_time: 0.2 };
    const last = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }], x_groq: { id: "req_1", usage } };
    const stream = groq(answering(`data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`)).stream({ model, messages });
    expect(await stream.result).toMatchObject({
      usage: { totalTokens: 6 },
      metadata: { "x_groq.id": "req_1", "usage.queue_time": 0.1 },
    });
  });

  it("reports a failed tool call inside a stream and keeps what the model wrote", async () => {
    const words = 'data: {"choices":[{"index":0,"delta":{"content":"maybe"}}]}\n\n';
    const broken =
      'event: error\ndata: {"error":{"message":"Tool call validation failed","code":"tool_use_failed","failed_generation":"{}","status_code":400}}\n\n';
    const error: unknown = await groq(answering(words + broken))
      .stream({ model, messages })
      .result.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "tool-call-invalid",
      status: 400,
      partial: { text: "maybe" },
      body: { error: { failed_generation: "{}" } },
    });
  });

  it("distinguishes the two meanings of 413", async () => {
    const tokens = await failing(
      {
        message: "Request too large for model on tokens per minute (TPM)",
        type: "tokens",
        code: "rate_limit_exceeded",
      },
      413,
    );
    expect(tokens).toMatchObject({
      code: "rate-limit",
      retryable: false,
      hint: expect.stringMatching(/can never pass/),
    });
    expect(await failing({ message: "Request Entity Too Large" }, 413)).toMatchObject({ code: "context-overflow" });
  });

  it("reads the wait for a daily limit and says that it is daily", async () => {
    const error = await failing(
      {
        message:
          "Rate limit reached on tokens per day (TPD): Limit 100000. Please try again in 9m38.016s. Visit https://console.groq.com",
        code: "rate_limit_exceeded",
      },
      429,
    );
    expect(error).toMatchObject({
      code: "rate-limit",
      retryable: true,
      retryAfter: 578_016,
      hint: expect.stringMatching(/daily/),
    });
  });

  it("reads the flex tier's 498 as a retryable overload", async () => {
    expect(await failing({ message: "capacity exceeded" }, 498)).toMatchObject({ code: "overloaded", retryable: true });
  });

  it("names the replacement for a retired model", async () => {
    const body = JSON.stringify({
      error: { message: "The model `llama-3.3-70b-versatile` has been decommissioned", code: "model_decommissioned" },
    });
    const error: unknown = await groq(answering(body, 400))
      .chat({ model: "llama-3.3-70b-versatile", messages })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "model-retired", hint: expect.stringMatching(/openai\/gpt-oss-120b/) });
  });

  it("reads a refused reasoning field as unsupported", async () => {
    const message = "`messages[3].reasoning`: reasoning is not supported with this model";
    const error = await failing({ message, type: "invalid_request_error" }, 400);
    expect(error).toMatchObject({ code: "unsupported-parameter", hint: expect.stringContaining("gpt-oss") as string });
  });
});
