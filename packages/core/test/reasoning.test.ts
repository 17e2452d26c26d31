import { chatCompletions, type ChatCompletionsOptions, type ChatResult, type Message } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme } from "./support/acme.ts";
import { completion, delta, done, fakeFetch, finish, sse } from "./support/fake-fetch.ts";

type Form = NonNullable<ChatCompletionsOptions["reasoning"]>;
type History = NonNullable<ChatCompletionsOptions["history"]>;

const forms: readonly Form[] = ["reasoning_content", "reasoning", "details", "parts"];
const histories: readonly History[] = ["omit", "optional", "required-with-tools", "verbatim"];

const signed = { type: "reasoning.text", text: "First I look.", signature: "sig-1", format: "x-v1", index: 0 };
const sealed = { type: "reasoning.encrypted", data: "b64==", id: "r2", format: "x-v1", index: 1 };
const call = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } };

/** The same reasoning and text in the form of each endpoint. */
function inForm(form: Form, thought: string, text: string, details: object[]): object {
  switch (form) {
    case "reasoning_content":
      return { reasoning_content: thought, content: text };
    case "reasoning":
      return { reasoning: thought, content: text };
    case "details":
      return { reasoning: thought, reasoning_details: details, content: text };
    case "parts": {
      const parts = [{ type: "thinking", thinking: [{ type: "text", text: thought }] }];
      return { content: text === "" ? parts : [...parts, { type: "text", text }] };
    }
  }
}

/** One conversation: a question, reasoning and a call, the tool's result, reasoning and an answer, thanks. */
async function walk(form: Form, history: History) {
  const first = inForm(form, "First I look.", "", [signed, sealed]);
  const second = inForm(form, "Cold.", "It is cold.", [{ ...signed, text: "Cold.", signature: "sig-2" }]);
  const { fetch, calls } = fakeFetch(
    { body: sse(delta(first), delta({ tool_calls: [{ index: 0, ...call }] }), finish("tool_calls"), done) },
    { body: JSON.stringify(completion({ role: "assistant", ...second })) },
    { body: JSON.stringify(completion({ role: "assistant", content: "You are welcome." })) },
  );
  const provider = acme({ dialect: chatCompletions({ reasoning: form, history }) }, { fetch });
  const messages: Message[] = [{ role: "user", content: "Weather?" }];
  const results: ChatResult[] = [];
  const ask = async (send: Promise<ChatResult>): Promise<void> => {
    const result = await send;
    results.push(result);
    messages.push(result.message);
  };
  await ask(provider.stream({ model: "acme-2", messages }).result);
  messages.push({ role: "tool", tool_call_id: "call_1", content: "-3 °C" });
  await ask(provider.chat({ model: "acme-2", messages }));
  messages.push({ role: "user", content: "Thanks" });
  await ask(provider.chat({ model: "acme-2", messages }));
  messages.push({ role: "user", content: "Bye" });
  const { body, changes } = provider.prepare({ model: "acme-2", messages });
  const sent = (calls.length, body["messages"]) as Record<string, unknown>[];
  return { results, sent, changes, secondBody: JSON.parse(calls[1]!.init.body as string) as { messages: object[] } };
}

/** The three assistant messages of the conversation as they must be sent back. */
function expected(form: Form, history: History): object[] {
  const plain = [
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "assistant", content: "It is cold." },
    { role: "assistant", content: "You are welcome." },
  ];
  if (history === "omit") return plain;
  const [first, second, third] = plain;
  switch (form) {
    case "reasoning_content":
    case "reasoning":
      return [{ ...first, [form]: "First I look." }, { ...second, [form]: "Cold." }, third!];
    case "details":
      return [
        { ...first, reasoning: "First I look.", reasoning_details: [signed, sealed] },
        { ...second, reasoning: "Cold.", reasoning_details: [{ ...signed, text: "Cold.", signature: "sig-2" }] },
        third!,
      ];
    case "parts": {
      const thinking = (text: string) => ({ type: "thinking", thinking: [{ type: "text", text }], closed: true });
      return [
        { ...first, content: [thinking("First I look.")] },
        { ...second, content: [thinking("Cold."), { type: "text", text: "It is cold." }] },
        third!,
      ];
    }
  }
}

describe.each(forms)("reasoning as %s", (form) => {
  it.each(histories)("is sent back with history %s", async (history) => {
    const { results, sent, changes, secondBody } = await walk(form, history);
    expect(results.map(({ reasoning, text }) => [reasoning, text])).toEqual([
      ["First I look.", ""],
      ["Cold.", "It is cold."],
      ["", "You are welcome."],
    ]);
    expect(results[0]!.message.provider).toBe("acme");
    const assistant = sent.filter(({ role }) => role === "assistant");
    expect(assistant).toEqual(expected(form, history));
    expect(secondBody.messages[1]).toEqual(expected(form, history)[0]);
    expect(JSON.stringify(sent)).not.toContain("provider");
    expect(changes).toEqual([]);
  });
});

describe("history required-with-tools", () => {
  const withCall: Message = { role: "assistant", content: "", tool_calls: [call] };
  const send = (form: Form, messages: Message[]) =>
    acme({ dialect: chatCompletions({ reasoning: form, history: "required-with-tools" }) }).prepare({
      model: "acme-2",
      messages,
    });

  it.each([
    ["reasoning_content", { reasoning_content: " " }],
    ["reasoning", { reasoning: " " }],
    ["details", { reasoning: " " }],
    ["parts", { content: [{ type: "thinking", thinking: [{ type: "text", text: " " }], closed: true }] }],
  ] as const)("never misses on a turn that called tools, as %s; says so once", (form, wanted) => {
    const { body, changes } = send(form, [withCall, { ...withCall, reasoning: "" }]);
    expect(body["messages"]).toMatchObject([wanted, wanted]);
    expect(changes).toHaveLength(1);
    expect(changes[0]!.reason).toContain("lost");
  });

  it("is left out of turns without tool calls", () => {
    const { body, changes } = send("reasoning_content", [
      { role: "user", content: "a" },
      { role: "assistant", content: "b", reasoning: "why b" },
      { role: "user", content: "c" },
      { ...withCall, reasoning: "why call" },
      { role: "tool", tool_call_id: "call_1", content: "d" },
      { role: "assistant", content: "e", reasoning: "why e" },
      { role: "user", content: "f" },
      { role: "assistant", content: "g", reasoning: "why g" },
    ]);
    const reasoning = (body["messages"] as { reasoning_content?: string }[]).map(
      (message) => message.reasoning_content,
    );
    expect(reasoning).toEqual([undefined, undefined, undefined, "why call", undefined, "why e", undefined, undefined]);
    expect(changes).toEqual([]);
  });
});

describe("reasoning of another provider", () => {
  const foreign: Message = {
    role: "assistant",
    content: "Yes.",
    reasoning: "I thought.",
    reasoning_details: [signed, sealed],
    provider: "other",
  };
  const send = (form: Form, message: Message) =>
    acme({ dialect: chatCompletions({ reasoning: form, history: "verbatim" }) }).prepare({
      model: "acme-2",
      messages: [message],
    }).body["messages"][0];

  it.each([
    ["reasoning_content", { content: "Yes.", reasoning_content: "I thought." }],
    ["reasoning", { content: "Yes.", reasoning: "I thought." }],
    ["details", { content: "Yes.", reasoning: "I thought." }],
    [
      "parts",
      {
        content: [
          { type: "thinking", thinking: [{ type: "text", text: "I thought." }], closed: true },
          { type: "text", text: "Yes." },
        ],
      },
    ],
  ] as const)("goes by this one's own rule, %s, without signatures", (form, wanted) => {
    expect(send(form, foreign)).toEqual({ role: "assistant", ...wanted });
  });

  it("is sent back unchanged, with signatures, to its author", () => {
    expect(send("details", { ...foreign, provider: "acme" })).toEqual({
      role: "assistant",
      content: "Yes.",
      reasoning: "I thought.",
      reasoning_details: [signed, sealed],
    });
  });

  it("from a caller's reasoning_content follows this endpoint's rule", () => {
    const written: Message = { role: "assistant", content: "Yes.", reasoning_content: "I thought." };
    expect(send("reasoning", written)).toEqual({ role: "assistant", content: "Yes.", reasoning: "I thought." });
    expect(send("reasoning_content", written)).toEqual(written);
  });
});

describe("blocks that arrive in pieces", () => {
  const details = async (...chunks: object[]): Promise<unknown> => {
    const { fetch } = fakeFetch({
      body: sse(...chunks.map((blocks) => delta({ reasoning_details: blocks })), finish(), done),
    });
    const result = await acme({}, { fetch }).stream({ model: "acme-2", messages: [] }).result;
    return result.message.reasoning_details;
  };

  it("are joined by index, with texts concatenated and other fields from the last piece", async () => {
    expect(
      await details(
        [{ type: "reasoning.text", text: "I ", index: 0, format: "x" }],
        [{ type: "reasoning.text", text: "think", index: 0, signature: null }],
        [{ type: "reasoning.text", signature: "sig", index: 0 }],
        [{ type: "reasoning.encrypted", data: "ab", index: 1, id: "e1" }],
        [{ type: "reasoning.encrypted", data: "cd", index: 1 }],
        [{ type: "reasoning.summary", summary: "Short", index: 2 }],
      ),
    ).toEqual([
      { type: "reasoning.text", text: "I think", index: 0, format: "x", signature: "sig" },
      { type: "reasoning.encrypted", data: "abcd", index: 1, id: "e1" },
      { type: "reasoning.summary", summary: "Short", index: 2 },
    ]);
  });

  it("stay separate if nothing identifies them as one", async () => {
    const blocks = [
      { type: "reasoning.text", text: "a" },
      { type: "reasoning.text", text: "b" },
    ];
    expect(await details([blocks[0]!], [blocks[1]!])).toEqual(blocks);
  });

  it("never change a prototype", async () => {
    const block = JSON.parse('{"type":"reasoning.text","index":0,"__proto__":{"polluted":true}}') as object;
    const [joined] = (await details([{ type: "reasoning.text", index: 0, text: "a" }], [block])) as [object];
    expect((joined as { polluted?: boolean }).polluted).toBeUndefined();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("of signed thinking parts are kept and sent back as parts", async () => {
    const thinking = (text: string, more = {}) => ({ type: "thinking", thinking: [{ type: "text", text }], ...more });
    const { fetch } = fakeFetch({
      body: sse(
        delta({ content: [thinking("I ")] }),
        delta({ content: [thinking("think", { signature: "sig", closed: true })] }),
        delta({ content: "So." }),
        finish(),
      ),
    });
    const provider = acme({ dialect: chatCompletions({ reasoning: "parts", history: "optional" }) }, { fetch });
    const { message, reasoning, text } = await provider.stream({ model: "acme-2", messages: [] }).result;
    expect([reasoning, text]).toEqual(["I think", "So."]);
    expect(provider.prepare({ model: "acme-2", messages: [message] }).body["messages"]).toEqual([
      {
        role: "assistant",
        content: [thinking("I think", { signature: "sig", closed: true }), { type: "text", text: "So." }],
      },
    ]);
  });
});
