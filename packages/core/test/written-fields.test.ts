import {
  chatCompletions,
  type ChatCompletionsOptions,
  defineProvider,
  type Definition,
  type Message,
} from "@llm-provider/core";
import { costOf } from "@llm-provider/core/internal";
import { describe, expect, it } from "vitest";

const page = ["https://docs.acme.ai", "2026-11-22"] as const;

function define(dialect: ChatCompletionsOptions, more: Partial<Definition> = {}) {
  return defineProvider({
    id: "acme",
    name: "Acme",
    docs: "https://docs.acme.ai",
    baseURL: "https://api.acme.ai/v1",
    auth: { env: "ACME_API_KEY", page: "https://acme.ai/keys" },
    dialect: chatCompletions(dialect),
    models: { "acme/models/small": { price: { input: 1, output: 2 }, source: page } },
    smallModel: "acme/models/small",
    ...more,
  });
}

const said: Message = { role: "assistant", content: "Cold.", reasoning_content: "I looked." };

function sent(dialect: ChatCompletionsOptions, message: Message = said) {
  const { body, changes } = define(dialect)().prepare({
    model: "m",
    messages: [message, { role: "user", content: "And?" }],
  });
  return { message: (body["messages"] as object[])[0], changes };
}

describe("a reasoning field from the caller", () => {
  it.each(["optional", "required-with-tools", "verbatim"] as const)(
    "is kept if it is the endpoint's own field: %s",
    (history) => {
      expect(sent({ reasoning: "reasoning_content", history })).toEqual({ message: said, changes: [] });
      expect(sent({ reasoning: "details", history })).toEqual({ message: said, changes: [] });
    },
  );

  it("is renamed to the endpoint's own name and reported", () => {
    const { message, changes } = sent({ reasoning: "reasoning", history: "optional" });
    expect(message).toEqual({ role: "assistant", content: "Cold.", reasoning: "I looked." });
    expect(changes).toMatchObject([{ parameter: "messages[].reasoning_content", action: "renamed", to: "reasoning" }]);
  });

  it("is dropped if no reasoning is sent back, and reported once", () => {
    const { message, changes } = sent({ history: "omit" });
    expect(message).toEqual({ role: "assistant", content: "Cold." });
    expect(changes).toMatchObject([
      { parameter: "messages[].reasoning_content", action: "dropped", from: "I looked." },
    ]);
  });
});

describe("signed blocks", () => {
  const details = [{ type: "reasoning.text", text: "I looked.", signature: "s" }];
  const parts = [{ type: "thinking", thinking: [{ type: "text", text: "I looked." }], signature: "s" }];

  it("are sent only to endpoints with the same format", () => {
    const message: Message = {
      role: "assistant",
      content: "Cold.",
      reasoning: "I looked.",
      reasoning_details: details,
    };
    const plain = { type: "thinking", thinking: [{ type: "text", text: "I looked." }], closed: true };
    expect(sent({ reasoning: "parts", history: "optional" }, message).message).toEqual({
      role: "assistant",
      content: [plain, { type: "text", text: "Cold." }],
    });
    expect(
      sent({ reasoning: "details", history: "verbatim" }, { ...message, reasoning_details: parts }).message,
    ).toEqual({ role: "assistant", content: "Cold.", reasoning: "I looked." });
  });
});

describe("a quirk on the request", () => {
  const acme = define(
    {},
    {
      quirks: [
        {
          name: "A short id is completed to acme/models/….",
          source: page,
          request: (body) => ({ ...body, model: `acme/models/${String(body["model"])}` }),
        },
        {
          name: "An empty list of tools is refused.",
          source: page,
          request: ({ tools, ...body }) => (Array.isArray(tools) && tools.length === 0 ? body : { ...body, tools }),
        },
      ],
    },
  );

  it("is reported for each field, with its name as the reason", () => {
    const { changes } = acme().prepare({ model: "small", messages: [{ role: "user", content: "Hello" }], tools: [] });
    expect(changes).toEqual([
      {
        parameter: "model",
        action: "mapped",
        from: "small",
        to: "acme/models/small",
        reason: "A short id is completed to acme/models/….",
        source: page[0],
      },
      {
        parameter: "tools",
        action: "dropped",
        from: [],
        to: undefined,
        reason: "An empty list of tools is refused.",
        source: page[0],
      },
    ]);
  });

  it("does not hide the price of the completed model", () => {
    const usage = { inputTokens: 1_000_000, outputTokens: 0, totalTokens: 1_000_000 };
    expect(costOf(acme.definition, { model: "small", wireModel: "acme/models/small" }, {}, usage)).toBe(1);
    expect(costOf(acme.definition, { model: "small" }, {}, usage)).toBeUndefined();
  });
});
