import { chatCompletions, type ChatRequest, type Definition } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, acmeDefinition, hello } from "./support/acme.ts";
import { completion, fakeFetch } from "./support/fake-fetch.ts";
import { failure } from "./support/read-events.ts";

type Messages = ChatRequest["messages"];

/** Returns the messages that are sent under these rules. */
function sent(rules: object, messages: Messages): { messages: object[]; changes: object[] } {
  const facts = { messages: { ...rules, source: "docs" } as NonNullable<Definition["messages"]> };
  const { body, changes } = acme(facts).prepare({ ...hello, messages });
  return { messages: body["messages"] as object[], changes };
}

describe("the content of a turn that only calls tools", () => {
  const call = { id: "t1", type: "function", function: { name: "f", arguments: "{}" } };
  const turn = (content: object): Messages => [
    { role: "user", content: "Hi" },
    { role: "assistant", ...content, tool_calls: [call] },
    { role: "tool", tool_call_id: "t1", content: "42" },
  ];
  const given = [{ content: null }, { content: "" }, {}];
  it.each([
    ["null", { role: "assistant", content: null, tool_calls: [call] }],
    ["empty", { role: "assistant", content: "", tool_calls: [call] }],
    ["absent", { role: "assistant", tool_calls: [call] }],
  ])("is %s, whatever the caller sent", (toolCallContent, wanted) => {
    for (const content of given) {
      const { messages, changes } = sent({ toolCallContent }, turn(content));
      expect(messages[1]).toStrictEqual(wanted);
      const isSame = JSON.stringify({ role: "assistant", ...content, tool_calls: [call] }) === JSON.stringify(wanted);
      expect(changes).toHaveLength(isSame ? 0 : 1);
    }
  });

  it("stays unchanged with text, without calls, or without a rule", () => {
    expect(sent({ toolCallContent: "empty" }, turn({ content: "Let me see." })).messages[1]).toHaveProperty(
      "content",
      "Let me see.",
    );
    const plain: Messages = [{ role: "assistant", content: null }];
    expect(sent({ toolCallContent: "empty" }, plain).messages[0]).toHaveProperty("content", null);
    for (const content of given)
      expect(sent({}, turn(content)).messages[1]).toEqual({ role: "assistant", ...content, tool_calls: [call] });
  });

  it("is set after nulls are stripped", () => {
    expect(sent({ nulls: "stripped", toolCallContent: "empty" }, turn({ content: null })).messages[1]).toHaveProperty(
      "content",
      "",
    );
  });
});

describe("roles that must alternate", () => {
  const user = (content: string) => ({ role: "user", content }) as const;
  const system = (content: string) => ({ role: "system", content }) as const;

  it("joins neighbours of one role with a blank line", () => {
    const { messages, changes } = sent({ alternate: true }, [
      user("x"),
      user("y"),
      { role: "assistant", content: "z" },
      user("w"),
    ]);
    expect(messages).toEqual([user("x\n\ny"), { role: "assistant", content: "z" }, user("w")]);
    expect(changes).toHaveLength(1);
  });

  it("joins content with parts", () => {
    const picture = { type: "image_url", image_url: { url: "https://img.example/1.png" } };
    const { messages } = sent({ alternate: true }, [user("x"), { role: "user", content: [picture] }]);
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages)).toMatch(/"x.*1\.png/);
  });

  it("never joins tool messages with different ids, and loses no call", () => {
    const calls = (id: string) => [{ id, type: "function", function: { name: "f", arguments: "{}" } }];
    const turns: Messages = [
      user("x"),
      { role: "assistant", content: null, tool_calls: [...calls("a"), ...calls("b")] },
      { role: "tool", tool_call_id: "a", content: "1" },
      { role: "tool", tool_call_id: "b", content: "2" },
    ];
    expect(sent({ alternate: true }, turns).messages).toEqual(turns);
    const split: Messages = [
      { role: "assistant", content: "y", tool_calls: calls("a") },
      { role: "assistant", content: "z", tool_calls: calls("b") },
    ];
    expect(JSON.stringify(sent({ alternate: true }, split).messages)).toMatch(/"a".*"b"/);
  });

  it("merges all system messages into one at the start", () => {
    const { messages, changes } = sent({ oneSystemFirst: true }, [user("x"), system("A"), user("y"), system("B")]);
    expect(messages).toEqual([system("A\n\nB"), user("x"), user("y")]);
    expect(changes).toHaveLength(1);
  });

  it("does both, so that two user messages become one", () => {
    const rules = { oneSystemFirst: true, alternate: true };
    expect(sent(rules, [system("A"), system("B"), user("x"), user("y")]).messages).toEqual([
      system("A\n\nB"),
      user("x\n\ny"),
    ]);
    expect(sent(rules, [user("x"), system("A"), user("y")]).messages).toEqual([system("A"), user("x\n\ny")]);
  });

  it("does not change or report valid messages", () => {
    const right: Messages = [system("A"), user("x"), { role: "assistant", content: "y" }, user("z")];
    expect(sent({ oneSystemFirst: true, alternate: true }, right)).toEqual({ messages: right, changes: [] });
  });
});

describe("a lone surrogate", () => {
  it("is replaced before sending, in any field, and reported", async () => {
    const { fetch, calls } = fakeFetch({ body: JSON.stringify(completion({ content: "Hi" })) });
    const request = {
      ...hello,
      user: "u \uDE00",
      messages: [{ role: "user", content: [{ type: "text", text: "x \uD83D" }] }],
    } as const;
    const { changes } = await acme({}, { fetch }).chat(request);
    const body = String(calls[0]!.init.body);
    expect(body).not.toMatch(/\\ud[89a-f]/i);
    expect(body).toContain("x \uFFFD");
    expect(changes.length).toBeGreaterThan(0);
  });

  it("does not affect whole pairs, or text with escape sequences", async () => {
    const { fetch, calls } = fakeFetch({ body: JSON.stringify(completion({ content: "Hi" })) });
    const text = "\u{1F600} and the text \\ud83d";
    const { changes } = await acme({}, { fetch }).chat({ ...hello, messages: [{ role: "user", content: text }] });
    expect(JSON.parse(String(calls[0]!.init.body))).toMatchObject({ messages: [{ content: text }] });
    expect(changes).toEqual([]);
  });
});

describe("a base URL with a query", () => {
  const baseURL = "https://x.openai.azure.com/openai/deployments/d?api-version=2025-04-01-preview";
  it("keeps the query after the path (Azure)", async () => {
    expect(acme({}, { baseURL }).prepare(hello).url).toBe(
      "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2025-04-01-preview",
    );
    const { fetch, calls } = fakeFetch({ body: '{"data":[{"id":"m"}]}' });
    await acme({}, { baseURL, fetch }).models();
    expect(calls[0]!.url).toBe("https://x.openai.azure.com/openai/deployments/d/models?api-version=2025-04-01-preview");
  });

  it("must not have a user or a hash", async () => {
    for (const bad of ["https://u:p@x.example/v1", "https://x.example/v1#a", "https://x.example/v1?a=b#c"])
      expect((await failure(() => acme({}, { baseURL: bad }))).code).toBe("invalid-request");
  });
});

describe("reasoning is sent back by model", () => {
  const history = [
    [/^qwen/, "optional"],
    [/^kimi/, "required-with-tools"],
  ];
  const dialect = chatCompletions({ reasoning: "reasoning", history } as object);
  const body = (model: string) =>
    acme({ dialect }).prepare({
      model,
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: "y", reasoning: "because" },
      ],
    }).body["messages"];

  it("as the first matching rule says", () => {
    expect(body("qwen3-32b")).toEqual([expect.anything(), { role: "assistant", content: "y", reasoning: "because" }]);
    expect(body("kimi-k2")).toEqual([expect.anything(), { role: "assistant", content: "y" }]);
    expect(body("llama-3")).toEqual([expect.anything(), { role: "assistant", content: "y" }]);
  });
});

describe("kept fields are sent back only to their author", () => {
  const extra = { extra_content: { google: { thought_signature: "SIG" } } };
  const call = { id: "t1", type: "function", function: { name: "f", arguments: "{}" }, ...extra };
  const dialect = chatCompletions({ history: "verbatim" });
  const next = async (id: string, message: object): Promise<string> => {
    const answer = fakeFetch({ body: JSON.stringify(completion(message, "tool_calls")) });
    const { message: said } = await acme({ id: "acme", dialect }, answer).chat(hello);
    return JSON.stringify(acme({ id, dialect }).prepare({ ...hello, messages: [...hello.messages, said] }).body);
  };

  it.each([
    ["unknown fields of a call", { content: null, tool_calls: [call] }, "SIG"],
    [
      "thinking_blocks",
      { content: "Hi", thinking_blocks: [{ type: "thinking", thinking: "Hm", signature: "SIG" }] },
      "SIG",
    ],
    ["reasoning_opaque", { content: "Hi", reasoning_text: "Hm", reasoning_opaque: "SIG" }, "SIG"],
    [
      "signed parts",
      {
        content: [
          { type: "reasoning", summary: [{ type: "summary_text", text: "Hm", signature: "SIG" }] },
          { type: "text", text: "Hi" },
        ],
      },
      "SIG",
    ],
  ])("%s", async (_, message, mark) => {
    expect(await next("acme", message)).toContain(mark);
    expect(await next("other", message)).not.toContain(mark);
  });

  it("unknown fields keep their place", async () => {
    expect(await next("acme", { content: null, tool_calls: [call] })).toContain(JSON.stringify(extra).slice(1, -1));
  });

  it("a refusal is sent back as a refusal", async () => {
    expect(await next("acme", { content: null, refusal: "No." })).toContain('"refusal":"No."');
  });
});

describe("models()", () => {
  it("quotes the endpoint's answer if it is not a list (LM Studio)", async () => {
    const words = "Unexpected endpoint or method. (GET /models)";
    const error = await failure(
      acme({}, { ...fakeFetch({ body: JSON.stringify({ error: words }) }), maxRetries: 0 }).models(),
    );
    expect(error.message).toContain(words);
    expect(error.retryable).toBe(false);
  });

  it("quotes plain text and HTML too", async () => {
    for (const body of ["not here", "<html><title>Login</title></html>"])
      expect((await failure(acme({}, { ...fakeFetch({ body }), maxRetries: 0 }).models())).message).toMatch(
        /not here|Login/,
      );
  });

  it("prefers `id` to `name`", async () => {
    const data = [
      { id: "m-1", name: "Model One" },
      { name: "models/m-2", id: null },
      { id: "m-3", name: "m-1" },
    ];
    const models = await acme({}, fakeFetch({ body: JSON.stringify({ data }) })).models();
    expect(models.map(({ id }) => id)).toEqual(["m-1", "models/m-2", "m-3"]);
    expect(models[0]).toMatchObject({ id: "m-1", name: "Model One" });
  });

  it("does not mistake display names for ids (Together, Copilot)", async () => {
    const body = JSON.stringify([{ id: "org/m-1", name: "M 1", model: "x" }]);
    expect((await acme({}, fakeFetch({ body })).models()).map(({ id }) => id)).toEqual(["org/m-1"]);
  });
});

describe("Kimi's cached tokens", () => {
  it("are priced as cached", async () => {
    const models = { "acme-2": { price: { input: 1, cached: 0.1, output: 2 }, source: "docs" } };
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 0, total_tokens: 1_000_000, cached_tokens: 1_000_000 };
    const answer = fakeFetch({ body: JSON.stringify(completion({ content: "Hi" }, "stop", { usage })) });
    const { usage: counted } = await acme({ models: { ...acmeDefinition.models, ...models } }, answer).chat(hello);
    expect(counted).toMatchObject({ cachedInputTokens: 1_000_000, cost: 0.1 });
  });
});
