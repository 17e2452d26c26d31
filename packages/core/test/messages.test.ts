import {
  type Change,
  type ChatCompletionsOptions,
  chatCompletions,
  type Definition,
  type Message,
  type MessageRules,
} from "@llm-provider/core";
import { mapToolCallId } from "@llm-provider/core/internal";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";

const source = "docs";
const page = "https://acme.example/docs/parameters";

function prepare(
  rules: Omit<MessageRules, "source"> | undefined,
  messages: readonly Message[],
  facts: Partial<Definition> = {},
  model = "acme-2",
): { messages: Record<string, unknown>[]; changes: Change[] } {
  const provider = acme({ ...(rules && { messages: { ...rules, source } }), ...facts });
  const { body, changes } = provider.prepare({ ...hello, model, messages });
  return { messages: body["messages"], changes };
}

const call = (id: string) => ({ id, type: "function", function: { name: "f", arguments: "{}" } });

describe("without rules", () => {
  it("messages are sent unchanged, except our own fields", () => {
    const messages: Message[] = [
      { role: "system", content: "Be kind." },
      { role: "developer", content: "Be brief.", name: "dev" },
      {
        role: "user",
        content: [
          { type: "text", text: "a" },
          { type: "image_url", image_url: { url: "data:," } },
        ],
      },
      { role: "assistant", content: null, tool_calls: [call("any id at all")], name: "me", annotations: [1] },
      { role: "tool", tool_call_id: "any id at all", content: "x" },
      { role: "user", content: "b" },
      { role: "assistant", content: "" },
    ];
    const withOurs = messages.map((message) =>
      message.role === "assistant" ? { ...message, provider: "other" } : message,
    );
    expect(prepare(undefined, withOurs)).toEqual({ messages, changes: [] });
  });
});

describe("fields", () => {
  it("are an allow-list for each role; other roles keep their fields", () => {
    const { messages, changes } = prepare({ fields: { user: ["content"] } }, [
      { role: "user", content: "a", name: "Ann" },
      { role: "user", content: "b", name: "Bob" },
      { role: "system", content: "c", name: "Sys" },
    ]);
    expect(messages).toEqual([
      { role: "user", content: "a" },
      { role: "user", content: "b" },
      { role: "system", content: "c", name: "Sys" },
    ]);
    expect(changes).toMatchObject([{ parameter: "messages[].name", action: "dropped", source: page }]);
  });

  it("with the name of an inherited property are not allowed by mistake", () => {
    const odd = { role: "constructor", content: "a" } as unknown as Message;
    expect(prepare({ fields: { user: ["content"] } }, [odd]).messages).toEqual([odd]);
  });
});

describe("nulls", () => {
  const assistant: Message = { role: "assistant", content: null, tool_calls: [call("1")] };

  it("are left out and reported if stripped", () => {
    const { messages, changes } = prepare({ nulls: "stripped" }, [assistant]);
    expect(messages).toEqual([{ role: "assistant", tool_calls: [call("1")] }]);
    expect(changes).toMatchObject([{ parameter: "messages[].content", action: "dropped", from: null }]);
  });

  it("stay if kept", () => {
    expect(prepare({ nulls: "kept" }, [assistant]).messages).toEqual([assistant]);
  });
});

describe("content: text", () => {
  it("joins parts that are only text, and keeps others", () => {
    const image = [
      { type: "text", text: "a" },
      { type: "image_url", image_url: { url: "https://x.example" } },
    ];
    const { messages, changes } = prepare({ content: "text" }, [
      {
        role: "user",
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      { role: "tool", tool_call_id: "1", content: [{ type: "text", text: "c" }] },
      { role: "user", content: image },
      { role: "user", content: "d" },
    ]);
    expect(messages.map(({ content }) => content)).toEqual(["ab", "c", image, "d"]);
    expect(changes).toMatchObject([{ parameter: "messages[].content", action: "mapped", source: page }]);
  });
});

describe("toolCallId", () => {
  const nine = /^[a-zA-Z0-9]{9}$/;

  it("maps an invalid id, in the same way in the call and in its result", () => {
    const conversation: Message[] = [
      { role: "assistant", content: null, tool_calls: [call("call_0123456789abcdef"), call("abcdefgh1")] },
      { role: "tool", tool_call_id: "abcdefgh1", content: "fits" },
      { role: "tool", tool_call_id: "call_0123456789abcdef", content: "mapped" },
    ];
    const { messages, changes } = prepare({ toolCallId: nine }, conversation);
    const [assistant, fits, mapped] = messages as [{ tool_calls: { id: string }[] }, object, { tool_call_id: string }];
    expect(assistant.tool_calls[0]!.id).toMatch(nine);
    expect(assistant.tool_calls[0]!.id).toBe(mapped.tool_call_id);
    expect(assistant.tool_calls[1]!.id).toBe("abcdefgh1");
    expect(fits).toEqual(conversation[1]);
    expect(changes).toMatchObject([{ parameter: "messages[].tool_call_id", action: "mapped" }]);
    expect(prepare({ toolCallId: nine }, conversation).messages).toEqual(messages);
  });

  it("maps different ids to different ids, and keeps no state in a pattern", () => {
    const ids = Array.from({ length: 5000 }, (_, index) => mapToolCallId(`call_${index}`, nine));
    expect(new Set(ids).size).toBe(5000);
    const global = /^[a-zA-Z0-9]{9}$/g;
    expect([mapToolCallId("abcdefgh1", global), mapToolCallId("abcdefgh1", global)]).toEqual([
      "abcdefgh1",
      "abcdefgh1",
    ]);
  });

  it.each([/^[a-z]{9}$/, /^\d{12}$/, /^call_[a-zA-Z0-9]{24}$/, /^.{64}$/, /^[0-9a-z]{1,5}$/])(
    "finds an id that matches %s",
    (pattern) => {
      expect(mapToolCallId("some id, much too long for any pattern that there is, or so one hopes", pattern)).toMatch(
        pattern,
      );
    },
  );

  it("throws if no id matches the pattern", () => {
    expect(() => mapToolCallId("a", /^$/)).toThrow(/toolCallId/);
  });
});

describe("afterTool", () => {
  it("inserts an assistant message only between tool and user", () => {
    const { messages, changes } = prepare({ afterTool: "I see." }, [
      { role: "user", content: "a" },
      { role: "assistant", content: null, tool_calls: [call("1"), call("2")] },
      { role: "tool", tool_call_id: "1", content: "x" },
      { role: "tool", tool_call_id: "2", content: "y" },
      { role: "user", content: "b" },
      { role: "assistant", content: null, tool_calls: [call("3")] },
      { role: "tool", tool_call_id: "3", content: "z" },
      { role: "assistant", content: "c" },
      { role: "user", content: "d" },
    ]);
    expect(messages.map(({ role }) => role).join(" ")).toBe(
      "user assistant tool tool assistant user assistant tool assistant user",
    );
    expect(messages[4]).toEqual({ role: "assistant", content: "I see." });
    expect(changes).toHaveLength(1);
  });

  it("runs after empty messages are removed", () => {
    const { messages } = prepare({ afterTool: "I see.", emptyAssistant: "removed" }, [
      { role: "tool", tool_call_id: "1", content: "x" },
      { role: "assistant", content: "" },
      { role: "user", content: "b" },
    ]);
    expect(messages.map(({ content }) => content)).toEqual(["x", "I see.", "b"]);
  });
});

describe("trailingAssistant", () => {
  it("sets fields on a trailing assistant message, and keeps the caller's", () => {
    const rules = { trailingAssistant: { prefix: true } };
    expect(prepare(rules, [{ role: "assistant", content: "a" }]).messages[0]).toHaveProperty("prefix", true);
    expect(prepare(rules, [{ role: "assistant", content: "a", prefix: false }])).toMatchObject({
      messages: [{ prefix: false }],
      changes: [],
    });
    expect(
      prepare(rules, [
        { role: "assistant", content: "a" },
        { role: "user", content: "b" },
      ]).messages[0],
    ).not.toHaveProperty("prefix");
  });

  it("survives an allow-list without its field", () => {
    const rules = { trailingAssistant: { prefix: true }, fields: { assistant: ["content", "prefix"] } };
    expect(prepare(rules, [{ role: "assistant", content: "a" }]).messages).toEqual([
      { role: "assistant", content: "a", prefix: true },
    ]);
  });
});

describe("emptyAssistant: removed", () => {
  const rules = { emptyAssistant: "removed" } as const;

  it.each<Message>([
    { role: "assistant" },
    { role: "assistant", content: "" },
    { role: "assistant", content: null },
    { role: "assistant", content: [] },
    { role: "assistant", content: "", tool_calls: [] },
  ])("removes %j and reports it", (message) => {
    const { messages, changes } = prepare(rules, [...hello.messages, message]);
    expect(messages).toEqual(hello.messages);
    expect(changes).toMatchObject([{ action: "dropped", source: page }]);
  });

  it("keeps messages with content, and empty messages of other roles", () => {
    const kept: Message[] = [
      { role: "user", content: "" },
      { role: "assistant", content: null, tool_calls: [call("1")] },
      { role: "assistant", content: "a" },
    ];
    expect(prepare(rules, kept)).toEqual({ messages: kept, changes: [] });
  });

  it("counts reasoning as content only if it is sent", () => {
    const cutOff: Message = { role: "assistant", content: "", reasoning: "Let me think", provider: "acme" };
    const sent = chatCompletions({ reasoning: "parts", history: "optional" });
    expect(prepare(rules, [cutOff], { dialect: sent }).messages).toMatchObject([{ content: [{ type: "thinking" }] }]);
    expect(prepare(rules, [cutOff], { dialect: chatCompletions({ history: "omit" }) }).messages).toEqual([]);
    expect(prepare(rules, [cutOff], { dialect: chatCompletions({ history: "required-with-tools" }) }).messages).toEqual(
      [],
    );
  });

  it("keeps empty messages without the rule", () => {
    expect(prepare({ emptyAssistant: "kept" }, [{ role: "assistant", content: "" }]).messages).toHaveLength(1);
  });
});

describe("system", () => {
  const both: Message[] = [
    { role: "system", content: "a" },
    { role: "developer", content: "b" },
  ];
  const roles = (system: MessageRules["system"], model?: string) =>
    prepare({ system: system! }, both, {}, model).messages.map(({ role }) => role);

  it("sets the role of system messages", () => {
    expect(roles("system")).toEqual(["system", "system"]);
    expect(roles("developer")).toEqual(["developer", "developer"]);
    expect(roles({ developer: /^acme-2/ })).toEqual(["developer", "developer"]);
    expect(roles({ developer: /^acme-2/ }, "acme-1")).toEqual(["system", "developer"]);
  });

  it("is reported", () => {
    expect(prepare({ system: "developer" }, both).changes).toMatchObject([
      { parameter: "messages[].role", action: "mapped", from: "system", to: "developer", source: page },
    ]);
  });
});

it("reports one change for each field and cause, not for each message", () => {
  const many = Array.from({ length: 100 }, (): Message => ({ role: "user", content: "a", name: "Ann" }));
  expect(prepare({ fields: { user: ["content"] } }, many).changes).toHaveLength(1);
});

describe("data that only the author of a message can read", () => {
  const home = {
    reasoning_details: [{ type: "reasoning.text", text: "Hm", signature: "s" }],
    thinking_blocks: [{ type: "thinking", thinking: "Hm", signature: "s" }],
    reasoning_text: "Hm",
    reasoning_opaque: "sealed",
    images: [{ image_url: { url: "data:," } }],
  };
  const custom = { id: "2", type: "custom", custom: { name: "g", input: "raw" } };
  const said: Message = {
    role: "assistant",
    content: "No.",
    refusal: "No.",
    ...home,
    tool_calls: [{ ...call("1"), extra_content: { sealed: true } }, custom],
  };
  const sent = (provider: string | undefined, history: ChatCompletionsOptions["history"], model?: string) =>
    prepare(undefined, [{ ...said, provider }], { dialect: chatCompletions({ reasoning: "details", history }) }, model)
      .messages[0];
  const shared = { role: "assistant", content: "No.", refusal: "No.", tool_calls: [call("1"), custom] };

  it.each(["optional", "verbatim", "required-with-tools"] as const)(
    "is sent back unchanged to its author with history %s",
    (history) => {
      for (const provider of ["acme", undefined]) expect(sent(provider, history)).toEqual(said);
    },
  );

  it("is not sent to other providers, except refusals and custom calls", () => {
    for (const history of ["omit", "optional", "verbatim"] as const) expect(sent("other", history)).toEqual(shared);
  });

  it("is left out if no reasoning is sent back, but calls and images are sent", () => {
    const { images, role, content, refusal, tool_calls } = said as Extract<Message, { role: "assistant" }>;
    const wanted = { role, content, refusal, images, tool_calls };
    expect(sent("acme", "omit")).toEqual(wanted);
    expect(sent("acme", [[/^other/, "verbatim"]])).toEqual(wanted);
    expect(
      sent("acme", [
        [/^acme-2/, "omit"],
        [/^acme/, "verbatim"],
      ]),
    ).toEqual(wanted);
    expect(
      sent(
        "acme",
        [
          [/^acme-2/, "omit"],
          [/^acme/, "verbatim"],
        ],
        "acme-1",
      ),
    ).toEqual(said);
  });
});

describe("alternate", () => {
  it("joins neighbours after removing empty turns and before inserting text", () => {
    const { messages } = prepare({ alternate: true, emptyAssistant: "removed", afterTool: "Understood." }, [
      { role: "user", content: "a" },
      { role: "assistant", content: "" },
      { role: "user", content: "b" },
      { role: "assistant", content: null, tool_calls: [call("1")] },
      { role: "tool", tool_call_id: "1", content: "c" },
      { role: "user", content: "d" },
      { role: "user", content: "e" },
    ]);
    expect(messages.map(({ role, content }) => [role, content])).toEqual([
      ["user", "a\n\nb"],
      ["assistant", null],
      ["tool", "c"],
      ["assistant", "Understood."],
      ["user", "d\n\ne"],
    ]);
  });

  it("joins the assistant's text, reasoning and calls without changing its input", () => {
    const first: Message = { role: "assistant", content: "a", reasoning_content: "x", tool_calls: [call("1")] };
    const second: Message = { role: "assistant", content: null, reasoning_content: "y", tool_calls: [call("2")] };
    const before = JSON.stringify([first, second]);
    const dialect = chatCompletions({ history: "optional" });
    expect(prepare({ alternate: true }, [first, second], { dialect }).messages).toEqual([
      { role: "assistant", content: "a", reasoning_content: "x\n\ny", tool_calls: [call("1"), call("2")] },
    ]);
    expect(JSON.stringify([first, second])).toBe(before);
  });
});
