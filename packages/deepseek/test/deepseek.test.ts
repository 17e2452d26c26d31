import { ProviderError, type ProviderOptions } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { describe, expect, it } from "vitest";
import { deepseek } from "../src/index.ts";

const messages = [{ role: "user" as const, content: "Hi" }];
const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object" } } }];

function answering(body: string, status = 200): ProviderOptions {
  return { apiKey: "key", maxRetries: 0, fetch: () => Promise.resolve(new Response(body, { status })) };
}

describe("DeepSeek", () => {
  it("has a definition without problems", () => expect(checkDefinition(deepseek.definition)).toEqual([]));

  it.each(["required" as const, { type: "function", function: { name: "weather" } }])(
    "refuses tool_choice %j while thinking",
    (tool_choice) => {
      const request = { model: "deepseek-flash", messages, tools, tool_choice } as const;
      expect(() => deepseek().prepare(request)).toThrow(/`tool_choice`/);
      expect(deepseek().prepare({ ...request, thinking: { type: "disabled" } }).body["tool_choice"]).toEqual(
        tool_choice,
      );
      expect(deepseek().prepare({ ...request, reasoning_effort: "none" as never }).body["tool_choice"]).toEqual(
        tool_choice,
      );
      expect(deepseek().prepare({ ...request, model: "deepseek-chat" }).body["tool_choice"]).toEqual(tool_choice);
      expect(deepseek().prepare({ ...request, tool_choice: "auto" }).body["tool_choice"]).toBe("auto");
    },
  );

  it("refuses json_schema and sends json_object", () => {
    const ask = (response_format: { type: string; [field: string]: unknown }) =>
      deepseek().prepare({ model: "deepseek-flash", messages, response_format });
    expect(() => ask({ type: "json_schema", json_schema: { name: "a", schema: {} } })).toThrow(/response_format/);
    expect(ask({ type: "json_object" })).toMatchObject({
      body: { response_format: { type: "json_object" } },
      changes: [],
    });
  });

  it("sends temperature while thinking and reports that it has no effect", () => {
    const { body, changes } = deepseek().prepare({ model: "deepseek-v4-pro", messages, temperature: 0.5 });
    expect(body["temperature"]).toBe(0.5);
    expect(changes).toMatchObject([{ parameter: "temperature", action: "ignored" }]);
    const quiet = deepseek().prepare({
      model: "deepseek-v4-pro",
      messages,
      temperature: 0.5,
      thinking: { type: "disabled" },
    });
    expect(quiet.changes).toEqual([]);
  });

  it("adds a space for missing reasoning to a turn with tool calls", () => {
    const call = { id: "a", type: "function", function: { name: "weather", arguments: "{}" } };
    const history = [
      ...messages,
      { role: "assistant" as const, content: null, tool_calls: [call] },
      { role: "tool" as const, tool_call_id: "a", content: "sunny" },
    ];
    const { body, changes } = deepseek().prepare({ model: "deepseek-flash", messages: history });
    expect(body["messages"][1].reasoning_content).toBe(" ");
    expect(changes).toMatchObject([{ parameter: "messages[].reasoning_content" }]);
  });

  it("reads an answer after blank lines and the older field for cached tokens", async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12, prompt_cache_hit_tokens: 8 };
    const body = JSON.stringify({ choices: [{ message: { content: "Hello" }, finish_reason: "stop" }], usage });
    const result = await deepseek(answering(`\n\n\n${body}`)).chat({ model: "deepseek-flash", messages });
    expect(result).toMatchObject({ text: "Hello", usage: { cachedInputTokens: 8 } });
    expect(result.usage).not.toHaveProperty("cost");
  });

  it("throws if DeepSeek runs out of capacity while answering", async () => {
    const body = JSON.stringify({
      choices: [{ message: { content: "Hel" }, finish_reason: "insufficient_system_resource" }],
    });
    const error: unknown = await deepseek(answering(body))
      .chat({ model: "deepseek-flash", messages })
      .catch((thrown: unknown) => thrown);
    expect(ProviderError.is(error) && error).toMatchObject({
      code: "overloaded",
      retryable: true,
      partial: { text: "Hel" },
    });
  });
});
