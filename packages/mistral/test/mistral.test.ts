import type { ProviderError, ProviderOptions } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { describe, expect, it } from "vitest";
import { mistral } from "../src/index.ts";

const model = "mistral-small-2603";
const messages = [{ role: "user" as const, content: "Hi" }];

function answering(body: object, status = 200): ProviderOptions {
  return { apiKey: "key", maxRetries: 0, fetch: () => Promise.resolve(new Response(JSON.stringify(body), { status })) };
}

describe("Mistral", () => {
  it("has a definition without problems", () => expect(checkDefinition(mistral.definition)).toEqual([]));

  it("renames or drops parameters that the strict schema refuses, and reports it", () => {
    const { body, changes } = mistral().prepare({
      model,
      messages,
      seed: 1,
      max_completion_tokens: 2,
      user: "u",
      store: false,
      n: 1,
      frequency_penalty: 0.5,
    });
    expect(body).toEqual({
      model,
      messages,
      random_seed: 1,
      max_tokens: 2,
      n: 1,
      frequency_penalty: 0.5,
      stream: false,
    });
    expect(changes.map(({ parameter, action }) => `${parameter} ${action}`).sort()).toEqual([
      "max_completion_tokens renamed",
      "seed renamed",
      "store dropped",
      "user dropped",
    ]);
  });

  it("maps foreign tool call ids alike in calls and results, and keeps Mistral's own ids", () => {
    const call = (id: string) => ({ id, type: "function", function: { name: "weather", arguments: "{}" } });
    const history = [
      ...messages,
      { role: "assistant" as const, content: "", tool_calls: [call("call_8f2a61b0c"), call("gSIMJiOkT")] },
      { role: "tool" as const, tool_call_id: "call_8f2a61b0c", content: "a" },
      { role: "tool" as const, tool_call_id: "gSIMJiOkT", content: "b" },
    ];
    const sent = mistral().prepare({ model, messages: history }).body["messages"];
    const [mapped, own] = sent[1].tool_calls.map((one: { id: string }) => one.id);
    expect(mapped).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(own).toBe("gSIMJiOkT");
    expect([sent[2].tool_call_id, sent[3].tool_call_id]).toEqual([mapped, own]);
  });

  it("marks a trailing assistant message as a prefix and removes empty ones", () => {
    const history = [
      ...messages,
      { role: "assistant" as const, content: "" },
      ...messages,
      { role: "assistant" as const, content: "Once" },
    ];
    expect(mistral().prepare({ model, messages: history }).body["messages"]).toEqual([
      ...messages,
      ...messages,
      { role: "assistant", content: "Once", prefix: true },
    ]);
  });

  it("sends reasoning as thinking parts and drops the fields of other endpoints", () => {
    const turn = { role: "assistant" as const, content: "4", reasoning: "2+2", refusal: null, provider: "deepseek" };
    const sent = mistral().prepare({
      model,
      messages: [...messages, turn, { role: "user", content: "And?", name: "Ann" }],
    }).body["messages"];
    expect(sent[1]).toEqual({
      role: "assistant",
      content: [
        { type: "thinking", thinking: [{ type: "text", text: "2+2" }], closed: true },
        { type: "text", text: "4" },
      ],
    });
    expect(sent[2]).toEqual({ role: "user", content: "And?" });
  });

  const detail = [
    { type: "extra_forbidden", loc: ["body", "user"], msg: "Extra inputs are not permitted", input: "u" },
  ];
  it.each([
    [
      "an object in message",
      { object: "error", message: { detail }, type: "invalid_request_error", param: null, code: null },
    ],
    ["an array in message", { object: "Error", detail, message: detail, type: "invalid_request_error", code: 3001 }],
    ["detail alone", { detail }],
    [
      "JSON text in message",
      { object: "error", message: JSON.stringify({ detail }), type: "internal_error_proxy", code: "1000" },
    ],
  ])("names the refused field that is listed as %s", async (_, body) => {
    const error = await mistral(answering(body, 422))
      .chat({ model, messages })
      .catch((thrown: ProviderError) => thrown);
    expect(error).toMatchObject({
      code: "unsupported-parameter",
      status: 422,
      message: "body.user: Extra inputs are not permitted",
      hint: expect.stringContaining("here `body.user`"),
    });
  });

  it("reads the plain error shape too", async () => {
    const body = {
      object: "error",
      message: "Expected last role User or Tool",
      type: "invalid_request_message_order",
      param: null,
      code: "3230",
    };
    const error = await mistral(answering(body, 400))
      .chat({ model, messages })
      .catch((thrown: ProviderError) => thrown);
    expect(error).toMatchObject({
      code: "invalid-request",
      message: "Expected last role User or Tool",
      hint: expect.stringMatching(/order/),
    });
  });

  it.each([
    ["prompt_tokens_details", { prompt_tokens_details: { cached_tokens: 5 }, num_cached_tokens: 4 }, 5],
    ["num_cached_tokens", { num_cached_tokens: 4 }, 4],
    ["prompt_token_details", { prompt_token_details: { cached_tokens: 3 } }, 3],
  ])("reads cached tokens from %s", async (_, counts, cached) => {
    const usage = { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10, ...counts };
    const { usage: read } = await mistral(
      answering({ choices: [{ message: { content: "a" }, finish_reason: "stop" }], usage }),
    ).chat({ model, messages });
    expect(read?.cachedInputTokens).toBe(cached);
  });

  it("gives an alias the facts of its model", async () => {
    const fetch = () => Promise.resolve(new Response(JSON.stringify({ data: [{ id: "mistral-small-latest" }] })));
    const [listed] = await mistral({ apiKey: "key", fetch }).models();
    expect(listed).toMatchObject({ context: 262_144, price: { input: 0.15 }, aliasOf: "mistral-small-2603" });
  });
});
