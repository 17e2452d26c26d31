import type { Definition } from "@llm-provider/core";
import { startTwin, type Twin } from "@llm-provider/testing";
import { afterEach, describe, expect, test } from "vitest";
import { providers } from "../src/providers.generated.ts";

const open: Twin[] = [];
afterEach(async () => {
  for (const twin of open.splice(0)) await twin.close();
});

async function twinOf(id: string): Promise<{ twin: Twin; definition: Definition }> {
  const { definition } = await (providers as Record<string, () => Promise<{ definition: Definition }>>)[id]!();
  const twin = await startTwin(definition);
  open.push(twin);
  return { twin, definition };
}

async function ask(url: string, body?: object): Promise<{ status: number; text: string; type: string | null }> {
  const response = await fetch(url, {
    ...(body && { method: "POST", body: JSON.stringify(body) }),
    headers: { "content-type": "application/json", authorization: "Bearer any-key" },
  });
  return { status: response.status, text: await response.text(), type: response.headers.get("content-type") };
}

const messages = [{ role: "user", content: "Hello" }];

// Issue 17: each twin answers an unknown path as its vendor does, and never as a missing model.
test.each([
  ["groq", '{"error":{"message":"Unknown request URL: POST /openai/v1/nowhere. Please check'],
  ["openai", '{"error":{"message":"Invalid URL (POST /v1/nowhere)"'],
  ["mistral", '{"message":"no Route matched with those values"'],
  ["fireworks", '{"error":{"message":"Path not found: /inference/v1/nowhere"'],
  ["xai", '"message":"The requested resource was not found. Please check the URL'],
  ["ollama", "404 page not found"],
  // We found no page with their messages, and the twin says so.
  ["deepseek", "How DeepSeek says so is not documented."],
  ["openrouter", "How OpenRouter says so is not documented."],
])("%s's twin answers an unknown path in its words", async (id, words) => {
  const { twin } = await twinOf(id);
  const { status, text, type } = await ask(`${twin.url}/nowhere`, {});
  expect([status, text]).toEqual([404, expect.stringContaining(words)]);
  expect(type).toContain(text.startsWith("{") ? "application/json" : "text/plain");
  expect((await ask(`${twin.url}/responses`, { model: "x", input: "y" })).text).not.toMatch(/model `/);
  expect(twin.requests[0]!.refused).toBeTruthy();
});

test.each(Object.keys(providers))("%s: every refused path has a hint about the address", async (id) => {
  const { twin, definition } = await twinOf(id);
  const { text } = await ask(`${twin.url}/nowhere`, {});
  if (text.includes("is not documented")) return;
  const rules = (definition.errors ?? []).filter(({ source }) => source === "unknownPath");
  expect(rules.map(({ hint }) => hint)).toEqual([expect.stringContaining("This address does not exist.")]);
});

// Issue 17: a twin streams reasoning only if its definition says that the endpoint sends it.
test("OpenAI's twin counts the tokens of its reasoning and never sends the text", async () => {
  const { twin } = await twinOf("openai");
  const body = { model: "gpt-5.4", messages, stream_options: { include_usage: true } };
  for (const stream of [true, false]) {
    const { text } = await ask(
      `${twin.url}/chat/completions`,
      stream ? { ...body, stream } : { ...body, stream_options: undefined },
    );
    expect(text).not.toMatch(/"reasoning(_content|_details)?":/);
    expect(text).toMatch(/"reasoning_tokens":[1-9]/);
  }
});

test.each(["deepseek", "groq", "fireworks", "openrouter", "xai"])("%s's twin still streams reasoning", async (id) => {
  const { twin, definition } = await twinOf(id);
  const model = Object.entries(definition.models).find(([, info]) => info.features?.includes("reasoning"))![0];
  const { text } = await ask(`${twin.url}/chat/completions`, { model, messages, stream: true });
  expect(text).toMatch(/"reasoning(_content|_details)?":/);
});

// Issue 17: LibreChat retries a 422, and Mistral's documented refusal is a 400.
test("Mistral's twin refuses a tool-call id with the documented status, type and code", async () => {
  const { twin } = await twinOf("mistral");
  const call = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
  const { status, text } = await ask(`${twin.url}/chat/completions`, {
    model: "mistral-small-2603",
    messages: [
      ...messages,
      { role: "assistant", content: "", tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: "x" },
    ],
  });
  expect([status, JSON.parse(text)]).toEqual([
    400,
    {
      object: "error",
      message: "Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9.",
      type: "invalid_function_call",
      param: null,
      code: "3280",
      raw_status_code: 400,
    },
  ]);
});

// Issue 17: LibreChat takes windows from this list if every entry has an id, a window, and prices as text.
test("OpenRouter's twin lists its models in OpenRouter's shape", async () => {
  const { twin, definition } = await twinOf("openrouter");
  const { data } = JSON.parse((await ask(`${twin.url}/models`)).text) as {
    data: { id: string; context_length: number; pricing: { prompt: string; completion: string } }[];
  };
  expect(data.map(({ id }) => id)).toEqual(Object.keys(definition.models));
  for (const { id, context_length, pricing } of data) {
    expect(context_length).toBe(definition.models[id]!.context ?? 131_072);
    expect([typeof pricing.prompt, typeof pricing.completion]).toEqual(["string", "string"]);
    expect(Number(pricing.prompt)).not.toBeNaN();
  }
});

// Issue 17: LibreChat's entry for Ollama uses /v1.
describe("Ollama's twin at /v1", () => {
  const weather = {
    type: "function",
    function: { name: "get_weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
  };
  const face = async (): Promise<string> => {
    const { twin } = await twinOf("ollama");
    expect(twin.faces).toEqual([{ name: "OpenAI-compatible", url: `${twin.url}/v1` }]);
    return twin.faces[0]!.url;
  };

  test("answers, streams with reasoning, and counts tokens when asked", async () => {
    const url = `${await face()}/chat/completions`;
    const whole = JSON.parse((await ask(url, { model: "llama3.2", messages })).text);
    expect(whole).toMatchObject({ object: "chat.completion", choices: [{ finish_reason: "stop" }] });
    const stream = (extra: object) => ask(url, { model: "qwen3:4b", messages, stream: true, ...extra });
    const asked = await stream({ stream_options: { include_usage: true } });
    expect(asked.type).toContain("text/event-stream");
    expect(asked.text).toMatch(/"reasoning":"/);
    expect(asked.text).toMatch(/"choices":\[\],"usage":\{"prompt_tokens":\d+/);
    expect(asked.text.trimEnd()).toMatch(/data: \[DONE\]$/);
    expect((await stream({})).text).not.toContain("prompt_tokens");
  });

  test("calls tools and answers from their results", async () => {
    const url = `${await face()}/chat/completions`;
    const prompt = [{ role: "user", content: "Use the get_weather tool for Oslo." }];
    const { text } = await ask(url, { model: "llama3.2", messages: prompt, tools: [weather] });
    const [choice] = (
      JSON.parse(text) as { choices: { finish_reason: string; message: { tool_calls: { id: string }[] } }[] }
    ).choices;
    expect(choice!.finish_reason).toBe("tool_calls");
    const results = [
      ...prompt,
      choice!.message,
      { role: "tool", tool_call_id: choice!.message.tool_calls[0]!.id, content: "12 degrees" },
    ];
    expect((await ask(url, { model: "llama3.2", messages: results, tools: [weather] })).text).toContain("12 degrees");
  });

  test("ignores the parameters that the server is documented to ignore", async () => {
    const url = `${await face()}/chat/completions`;
    const { status, text } = await ask(url, { model: "llama3.2", messages, n: 3, tool_choice: "required", user: "me" });
    expect([status, (JSON.parse(text) as { choices: unknown[] }).choices.length]).toEqual([200, 1]);
  });

  test("lists models and embeds, as under /api", async () => {
    const url = await face();
    expect(JSON.parse((await ask(`${url}/models`)).text)).toMatchObject({ object: "list" });
    const embedded = await ask(`${url}/embeddings`, { model: "nomic-embed-text", input: ["a", "b"] });
    expect(JSON.parse(embedded.text)).toMatchObject({ object: "list", data: [{ object: "embedding" }, {}] });
    const origin = url.replace(/\/v1$/, "");
    expect(JSON.parse((await ask(`${origin}/api/tags`)).text)).toHaveProperty("models");
    expect((await ask(`${origin}/api/chat`, { model: "llama3.2", messages })).type).toContain("application/x-ndjson");
  });

  test("refuses in its own JSON shape, and an unknown path in plain text", async () => {
    const { definition } = await twinOf("ollama");
    const twin = await startTwin(definition, { strictModels: true });
    open.push(twin);
    const url = twin.faces[0]!.url;
    const { status, text } = await ask(`${url}/chat/completions`, { model: "nope", messages });
    expect([status, JSON.parse(text)]).toEqual([
      404,
      {
        error: {
          message: 'model "nope" not found, try pulling it first',
          type: "not_found_error",
          param: null,
          code: null,
        },
      },
    ]);
    expect((await ask(`${url}/responses`, {})).text).toBe("404 page not found");
  });
});
