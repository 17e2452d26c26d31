import type { ChatEvent, ProviderError, ToolCall } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { chunkings } from "./support/chunkings.ts";
import { contradictions } from "./support/contradictions.ts";
import { completion, delta, done, fakeFetch, finish, sse, usage } from "./support/fake-fetch.ts";
import { readEvents } from "./support/read-events.ts";

type Read = { events: ChatEvent[]; error?: ProviderError };

/** The events of a stream, the same in every chunking, and in the order that the types promise. */
async function read(...chunks: (object | string)[]): Promise<Read> {
  const reads = await Promise.all(
    chunkings(sse(...chunks)).map(({ pieces }) =>
      readEvents(acme({}, { fetch: fakeFetch({ body: pieces }).fetch, maxRetries: 0 }).stream(hello)),
    ),
  );
  const [first, ...others] = reads as [Read, ...Read[]];
  for (const other of others) {
    expect(other.events).toEqual(first.events);
    expect(other.error?.message).toBe(first.error?.message);
  }
  expect(contradictions(first)).toEqual([]);
  return first;
}

/** The events of a whole answer. */
async function readWhole(body: object): Promise<Read> {
  const { fetch } = fakeFetch({ body: JSON.stringify(body) });
  const first = await readEvents(acme({}, { fetch, maxRetries: 0 }).stream(hello));
  expect(contradictions(first)).toEqual([]);
  return first;
}

function callsOf({ events, error }: Read): ToolCall[] {
  if (error) throw error;
  return events.flatMap((event) => (event.type === "tool-call" ? [event.toolCall] : []));
}

function shapes({ events }: Read): string[] {
  return events.map((event) => ("index" in event ? `${event.type} ${event.index}` : event.type));
}

function lastOf({ events, error }: Read): Extract<ChatEvent, { type: "finish" }> {
  if (error) throw error;
  return events.at(-1) as Extract<ChatEvent, { type: "finish" }>;
}

const fragment = (fields: object) => delta({ tool_calls: [fields] });
const called = (index: number | undefined, id: string | undefined, name: string | undefined, text?: unknown) => ({
  ...(index !== undefined && { index }),
  ...(id !== undefined && { id, type: "function" }),
  function: { ...(name !== undefined && { name }), ...(text !== undefined && { arguments: text }) },
});
const oslo = '{"city":"Oslo"}';

describe("the order of events", () => {
  it("is start, then what comes, then finish with the usage that came last", async () => {
    const { events } = await read(
      delta({ role: "assistant", content: "" }),
      delta({ reasoning_content: "Hm" }),
      delta({ content: "Hi" }),
      finish("stop"),
      { id: "c1", choices: [], usage },
      done,
    );
    expect(events).toEqual([
      { type: "start", id: "c1", model: "acme-2" },
      { type: "reasoning", text: "Hm" },
      { type: "text", text: "Hi" },
      {
        type: "finish",
        finishReason: "stop",
        rawFinishReason: "stop",
        usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
      },
    ]);
  });

  it("gives start when the first chunk is read, before the answer has ended", async () => {
    const { fetch } = fakeFetch({ body: [sse(delta({ role: "assistant" }))], ending: "hang" });
    const iterator = acme({}, { fetch }).stream(hello)[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject({ type: "start" });
    await iterator.return!();
  });

  it("holds finish until the body ends, also where words follow the finish reason", async () => {
    const { events } = await read(delta({ content: "a" }), finish("stop"), delta({ content: "b" }), done);
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "text", "finish"]);
  });

  it("is the same for a whole answer", async () => {
    const message = {
      role: "assistant",
      reasoning_content: "Hm",
      content: "Hi",
      tool_calls: [called(undefined, "call_1", "weather", oslo), called(undefined, "call_2", "time", "{}")],
    };
    expect(shapes(await readWhole(completion(message, "tool_calls", { usage })))).toEqual([
      "start",
      "reasoning",
      "text",
      "tool-call-start 0",
      "tool-call-delta 0",
      "tool-call 0",
      "tool-call-start 1",
      "tool-call-delta 1",
      "tool-call 1",
      "finish",
    ]);
  });
});

describe("tool calls", () => {
  it("come whole in one delta, and give the same three events", async () => {
    const whole = await read(fragment(called(0, "a1", "weather", oslo)), finish("tool_calls"), done);
    expect(shapes(whole)).toEqual(["start", "tool-call-start 0", "tool-call-delta 0", "tool-call 0", "finish"]);
    expect(callsOf(whole)).toEqual([{ id: "a1", name: "weather", arguments: oslo }]);
  });

  it("come in fragments, with a delta for each that says something", async () => {
    const parts = await read(
      fragment(called(0, "a1", "weather", "")),
      fragment(called(0, undefined, undefined, '{"ci')),
      fragment(called(0, undefined, undefined, 'ty":"Oslo"}')),
      fragment(called(0, undefined, undefined, "")),
      finish("tool_calls"),
    );
    expect(shapes(parts)).toEqual([
      "start",
      "tool-call-start 0",
      "tool-call-delta 0",
      "tool-call-delta 0",
      "tool-call 0",
      "finish",
    ]);
    expect(callsOf(parts)).toEqual([{ id: "a1", name: "weather", arguments: oslo }]);
  });

  it.each<[string, object[]]>([
    ["with a name that is empty later", [called(0, "a1", "weather", '{"city":'), called(0, "", "", '"Oslo"}')]],
    ["with the name repeated alone", [called(0, "a1", "weather", '{"city":'), called(0, "", "weather", '"Oslo"}')]],
    ["with id and name repeated", [called(0, "a1", "weather", '{"city":'), called(0, "a1", "weather", '"Oslo"}')]],
    [
      "with null for what is known",
      [
        called(0, "a1", "weather", '{"city":'),
        { index: 0, id: null, type: null, function: { name: null, arguments: '"Oslo"}' } },
      ],
    ],
    [
      "without an index",
      [called(undefined, "a1", "weather", '{"city":'), called(undefined, undefined, undefined, '"Oslo"}')],
    ],
    [
      "without an index, by their id",
      [called(undefined, "a1", "weather", '{"city":'), called(undefined, "a1", undefined, '"Oslo"}')],
    ],
    ["without a type", [{ index: 0, id: "a1", function: { name: "weather", arguments: oslo } }]],
    ["with an index from 1", [called(1, "a1", "weather", '{"city":'), called(1, undefined, undefined, '"Oslo"}')]],
    [
      "with an index out of all bounds",
      [called(1e9, "a1", "weather", '{"city":'), called(1e9, undefined, undefined, '"Oslo"}')],
    ],
    ["with a negative index", [called(-1, "a1", "weather", oslo)]],
    ["with an index that is text", [{ ...called(undefined, "a1", "weather", oslo), index: "0" }]],
    ["with arguments that are an object", [called(0, "a1", "weather", { city: "Oslo" })]],
    ["with a late name", [called(0, "a1", undefined, '{"city":'), called(0, undefined, "weather", '"Oslo"}')]],
    ["with a late id", [called(0, undefined, "weather", '{"city":'), called(0, "a1", undefined, '"Oslo"}')]],
    [
      "with arguments before all else",
      [called(0, undefined, undefined, '{"city":'), called(0, "a1", "weather", '"Oslo"}')],
    ],
    [
      "with another id in each fragment",
      [called(0, "a1", "weather", '{"city":'), called(0, "a2", undefined, '"Oslo"}')],
    ],
    ["beside entries that are nothing", [{}, called(0, "a1", "weather", oslo), {}]],
  ])("are read %s", async (_, fragments) => {
    const answer = await read(...fragments.map(fragment), finish("tool_calls"), done);
    expect(callsOf(answer)).toEqual([{ id: "a1", name: "weather", arguments: oslo }]);
  });

  it("are made of entries that are objects only", async () => {
    const odd = delta({ tool_calls: [null, "x", 7, called(0, "a1", "weather", oslo)] });
    expect(callsOf(await read(odd, finish("tool_calls")))).toHaveLength(1);
    expect(callsOf(await read(delta({ tool_calls: null, content: "a" }), finish()))).toEqual([]);
    expect(callsOf(await read(delta({ tool_calls: {}, content: "a" }), finish()))).toEqual([]);
    expect(callsOf(await read(fragment({ index: 0 }), finish()))).toEqual([]);
  });

  it("have an id made up only if none ever comes", async () => {
    const answer = await read(
      fragment(called(0, undefined, "weather", "{}")),
      fragment(called(1, "", "time", "{}")),
      finish("tool_calls"),
    );
    expect(callsOf(answer).map(({ id }) => id)).toEqual(["call_0", "call_1"]);
    // Nothing opens before the id is known, and here that is at the end.
    expect(shapes(answer)).toEqual([
      "start",
      "tool-call-start 0",
      "tool-call-start 1",
      // design.md, "Rules": arguments `{}` are held until the call ends.
      "tool-call-delta 0",
      "tool-call 0",
      "tool-call-delta 1",
      "tool-call 1",
      "finish",
    ]);
  });

  it("end when the next one starts, or with the answer", async () => {
    const answer = await read(
      fragment(called(0, "a1", "weather", "")),
      fragment(called(0, undefined, undefined, oslo)),
      fragment(called(1, "a2", "time", "")),
      fragment(called(1, undefined, undefined, "{}")),
      finish("tool_calls"),
    );
    expect(shapes(answer)).toEqual([
      "start",
      "tool-call-start 0",
      "tool-call-delta 0",
      "tool-call 0",
      "tool-call-start 1",
      "tool-call-delta 1",
      "tool-call 1",
      "finish",
    ]);
  });

  it("may come in fragments that take turns", async () => {
    const answer = await read(
      fragment(called(0, "a1", "weather", "")),
      fragment(called(1, "a2", "time", "")),
      fragment(called(1, undefined, undefined, '{"zone":')),
      fragment(called(0, undefined, undefined, '{"city":')),
      fragment(called(1, undefined, undefined, "1}")),
      fragment(called(0, undefined, undefined, '"Oslo"}')),
      finish("tool_calls"),
    );
    expect(callsOf(answer)).toEqual([
      { id: "a1", name: "weather", arguments: oslo },
      { id: "a2", name: "time", arguments: '{"zone":1}' },
    ]);
  });

  it.each<[string, object[]]>([
    ["in one delta", [delta({ tool_calls: [called(0, "a1", "f", "{}"), called(1, "a2", "f", "{}")] })]],
    [
      "in one delta without an index",
      [delta({ tool_calls: [called(undefined, "a1", "f", "{}"), called(undefined, "a2", "f", "{}")] })],
    ],
    [
      "each whole, without an index",
      [fragment(called(undefined, "a1", "f", "{}")), fragment(called(undefined, "a2", "f", "{}"))],
    ],
    ["at one index, each with an id", [fragment(called(0, "a1", "f", "{}")), fragment(called(0, "a2", "f", "{}"))]],
    ["with a gap between their indexes", [fragment(called(3, "a1", "f", "{}")), fragment(called(7, "a2", "f", "{}"))]],
    ["from the higher index down", [fragment(called(7, "a1", "f", "{}")), fragment(called(3, "a2", "f", "{}"))]],
  ])("may be several: %s", async (_, chunks) => {
    const answer = await read(...chunks, finish("tool_calls"), done);
    expect(callsOf(answer)).toEqual([
      { id: "a1", name: "f", arguments: "{}" },
      { id: "a2", name: "f", arguments: "{}" },
    ]);
  });

  it("may be several at one index, and unfinished", async () => {
    // design.md, "Which fragment belongs to which call": another id begins a call where the name differs too.
    const two = [fragment(called(0, "a1", "f", '{"a')), fragment(called(0, "a2", "g", '{"b'))];
    expect(callsOf(await read(...two, finish("length")))).toEqual([
      { id: "a1", name: "f", arguments: '{"a' },
      { id: "a2", name: "g", arguments: '{"b' },
    ]);
    const one = [fragment(called(0, "a1", "f", '{"a')), fragment(called(0, "a2", "f", '":1}'))];
    expect(callsOf(await read(...one, finish("length")))).toEqual([{ id: "a1", name: "f", arguments: '{"a":1}' }]);
  });

  it.each<[string, number | undefined]>([
    ["without index or id", undefined],
    ["all at index 0, without an id", 0],
  ])("may be several of one name: %s", async (_, index) => {
    const answer = await read(
      fragment(called(index, index === 0 ? "" : undefined, "f", '{"a":1}')),
      fragment(called(index, index === 0 ? "" : undefined, "f", '{"a":2}')),
      fragment(called(index, index === 0 ? "" : undefined, "g", '{"a":3}')),
      finish("tool_calls"),
    );
    expect(callsOf(answer)).toEqual([
      { id: "call_0", name: "f", arguments: '{"a":1}' },
      { id: "call_1", name: "f", arguments: '{"a":2}' },
      { id: "call_2", name: "g", arguments: '{"a":3}' },
    ]);
  });

  it("without arguments give their three events too", async () => {
    for (const text of ["", undefined, null]) {
      const answer = await read(fragment(called(0, "a1", "now", text)), finish("tool_calls"));
      expect(shapes(answer)).toEqual(["start", "tool-call-start 0", "tool-call-delta 0", "tool-call 0", "finish"]);
      expect(callsOf(answer)).toEqual([{ id: "a1", name: "now", arguments: "" }]);
    }
  });

  it("keep arguments that are no JSON as they came", async () => {
    const answer = await read(fragment(called(0, "a1", "f", '{"a": tru')), finish("length"));
    expect(callsOf(answer)).toEqual([{ id: "a1", name: "f", arguments: '{"a": tru' }]);
    expect(lastOf(answer).finishReason).toBe("length");
  });

  it("that were complete take white space that comes late, and nothing else", async () => {
    const two = (text: string) => [fragment(called(0, "a1", "f", text)), fragment(called(1, "a2", "g", text))];
    const late = (first: string, text: string) =>
      read(...two(first), fragment(called(0, undefined, undefined, text)), finish("tool_calls"));
    for (const first of ["{}", '{"a":1}'])
      expect(callsOf(await late(first, " \n")).map((call) => call.arguments)).toEqual([first, first]);
    expect((await late('{"a":1}', "{}")).error).toMatchObject({ code: "invalid-response" });
    // design.md, "Which fragment belongs to which call": arguments `{}` give way to an object.
    expect(callsOf(await late("{}", '{"a":1}')).map((call) => call.arguments)).toEqual(['{"a":1}', "{}"]);
  });

  it("are 1024 at most", async () => {
    const calls = Array.from({ length: 1024 }, (_, index) => called(undefined, `a${index}`, "f", "{}"));
    const answer = () => readWhole(completion({ tool_calls: calls }, "tool_calls"));
    expect(callsOf(await answer())).toHaveLength(1024);
    calls.push(called(undefined, "more", "f", "{}"));
    expect((await answer()).error?.message).toContain("1024");
  });

  it("that never get a name are an invalid response", async () => {
    const { error } = await read(fragment(called(0, "a1", undefined, "{}")), finish("tool_calls"));
    expect(error).toMatchObject({ code: "invalid-response" });
    expect(error!.message).toContain("name");
  });

  it("of a whole answer are each their own, however alike", async () => {
    const calls = [called(undefined, undefined, "now"), called(undefined, undefined, "now")];
    const answer = await readWhole(completion({ content: null, tool_calls: calls }, "tool_calls"));
    expect(callsOf(answer).map(({ id }) => id)).toEqual(["call_0", "call_1"]);
  });
});

describe("text", () => {
  it("is content that is a text in one chunk and a list in the next", async () => {
    const { events } = await read(
      delta({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm" }] }] }),
      delta({
        content: [{ type: "text", text: "a" }, { type: "image", text: "no" }, null, { type: "text", text: "b" }],
      }),
      delta({ content: "c" }),
      delta({ content: null }),
      delta({ content: [] }),
      finish(),
    );
    expect(events.slice(1, -1)).toEqual([
      { type: "reasoning", text: "Hm" },
      { type: "text", text: "a" },
      { type: "text", text: "b" },
      { type: "text", text: "c" },
    ]);
  });

  it.each([
    ["reasoning_content", { reasoning_content: "Hm", reasoning: "no" }],
    ["reasoning", { reasoning: "Hm", reasoning_details: [{ type: "reasoning.text", text: "no" }] }],
    ["details with text", { reasoning_details: [{ type: "reasoning.text", text: "H" }, { text: "m" }] }],
    ["details with a summary", { reasoning_details: [{ type: "reasoning.summary", summary: "Hm" }, { data: "x" }] }],
    ["empty fields before", { reasoning_content: "", reasoning: "Hm" }],
    ["a thinking part that is text", { content: [{ type: "thinking", thinking: "Hm" }] }],
  ])("of reasoning is read from %s", async (_, fields) => {
    const { events } = await read(delta(fields), finish());
    expect(events.slice(1, -1)).toEqual([{ type: "reasoning", text: "Hm" }]);
  });

  it("keeps tags of thinking as they are", async () => {
    const { events } = await read(delta({ content: "<think>Hm</think>Hi" }), finish());
    expect(events[1]).toEqual({ type: "text", text: "<think>Hm</think>Hi" });
  });

  it("is read once where a chunk repeats in `message` what its deltas said", async () => {
    const { events } = await read(
      delta({ content: "Hel" }, { message: { content: "Hel" } }),
      delta({ content: "lo" }, { message: { content: "Hello" } }),
      delta({ content: "" }, { message: { content: "Hello" }, finish_reason: "stop" }),
    );
    expect(events.map((event) => (event.type === "text" ? event.text : "")).join("")).toBe("Hello");
  });

  // design.md, "Events": the index that the first choice names is read; choices without an index are all that choice.
  it("is that of the choice which the first one names", async () => {
    const other = {
      index: 1,
      delta: { content: "no", tool_calls: [called(0, "x", "y", "{}")] },
      finish_reason: "length",
    };
    const first = delta({ content: "yes" }) as { choices: object[] };
    const answer = await read({ ...first, choices: [...first.choices, other] }, { choices: [other] }, finish("stop"), {
      choices: [other],
    });
    expect(answer.events.slice(1, -1)).toEqual([{ type: "text", text: "yes" }]);
    expect(lastOf(answer).finishReason).toBe("stop");
    const shifted = await read({ choices: [other] }, { choices: [{ index: 1, delta: {}, finish_reason: "stop" }] });
    expect(shifted.events[1]).toEqual({ type: "text", text: "no" });
    const choices = [{ message: { content: "a" }, finish_reason: "stop" }, { message: { content: "b" } }];
    const both = await readWhole({ choices });
    expect(both.events.slice(1, -1)).toEqual([
      { type: "text", text: "a" },
      { type: "text", text: "b" },
    ]);
  });

  it("of a refusal is text, and ends as content-filter", async () => {
    const answer = await readWhole(completion({ content: null, refusal: "I cannot." }));
    expect(answer.events[1]).toEqual({ type: "text", text: "I cannot.", refusal: true });
    expect(lastOf(answer)).toMatchObject({ finishReason: "content-filter", rawFinishReason: "stop" });
  });
});

describe("chunks that are odd", () => {
  it.each<[string, object]>([
    ["no choices", { id: "c1", model: "acme-2" }],
    ["empty choices", { id: "c1", model: "acme-2", choices: [] }],
    ["null choices", { id: "c1", model: "acme-2", choices: null }],
    ["a choice that is null", { id: "c1", model: "acme-2", choices: [null] }],
    ["a choice without delta", { id: "c1", model: "acme-2", choices: [{ index: 0 }] }],
    ["a delta that is null", { id: "c1", model: "acme-2", choices: [{ index: 0, delta: null }] }],
    ["a delta that is text", { id: "c1", model: "acme-2", choices: [{ index: 0, delta: "x" }] }],
    ["a content that is a number", { id: "c1", model: "acme-2", choices: [{ index: 0, delta: { content: 7 } }] }],
    [
      "null in every field",
      {
        id: "c1",
        model: "acme-2",
        choices: [
          {
            index: null,
            delta: { content: null, reasoning_content: null, tool_calls: null, reasoning_details: null },
            finish_reason: null,
          },
        ],
        usage: null,
        error: null,
      },
    ],
  ])("with %s say nothing", async (_, chunk) => {
    const { events } = await read(chunk, delta({ content: "a" }), chunk, finish(), chunk, done);
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "finish"]);
  });

  it("may give id and model late, or never", async () => {
    const { fetch } = fakeFetch({
      body: sse({ id: "", model: "", choices: [] }, delta({ content: "a" }), finish()),
    });
    const result = await acme({}, { fetch }).stream(hello).result;
    expect(result).toMatchObject({ id: "c1", model: "acme-2" });
    const { events } = await read({ choices: [{ delta: { content: "a" } }] }, { choices: [{ finish_reason: "stop" }] });
    expect(events[0]).toEqual({ type: "start" });
  });
});

describe("the finish reason", () => {
  it.each([
    ["stop", "stop"],
    ["end_turn", "stop"],
    ["length", "length"],
    ["max_tokens", "length"],
    ["model_length", "length"],
    ["tool_calls", "tool-calls"],
    ["function_call", "tool-calls"],
    ["content_filter", "content-filter"],
    ["error", "error"],
    ["something_new", "other"],
    ["constructor", "other"],
  ])("%s means %s", async (raw, meant) => {
    expect(lastOf(await read(delta({ content: "a" }), finish(raw)))).toMatchObject({
      finishReason: meant,
      rawFinishReason: raw,
    });
  });

  it("is the last that is not null", async () => {
    const answer = await read(finish("length"), finish("stop"), finish(null), { ...finish(""), usage }, done);
    expect(lastOf(answer)).toMatchObject({ finishReason: "stop", rawFinishReason: "stop" });
  });

  it("is other, or tool-calls, where only the end mark came", async () => {
    expect(lastOf(await read(delta({ content: "a" }), done))).toEqual({ type: "finish", finishReason: "other" });
    expect(lastOf(await read(fragment(called(0, "a1", "f", "{}")), done))).toEqual({
      type: "finish",
      finishReason: "tool-calls",
    });
    // design.md, "When an answer is complete": an end mark after at least one chunk of an answer.
    expect((await read(done)).error).toMatchObject({ code: "invalid-response", retryable: false });
  });

  it("that is missing without an end mark is an invalid response with what came", async () => {
    const { events, error } = await read(
      delta({ content: "a" }),
      delta({ reasoning_content: "b" }),
      fragment(called(0, "a1", "f", '{"a')),
    );
    expect(events.map(({ type }) => type)).toEqual([
      "start",
      "text",
      "reasoning",
      "tool-call-start",
      "tool-call-delta",
    ]);
    expect(error).toMatchObject({
      code: "invalid-response",
      retryable: false,
      partial: {
        id: "c1",
        model: "acme-2",
        text: "a",
        reasoning: "b",
        toolCalls: [{ id: "a1", name: "f", arguments: '{"a' }],
      },
    });
  });

  // design.md, "When an answer is complete": a whole JSON body that holds a message.
  it("that is missing from a whole answer is other", async () => {
    const answer = await readWhole(completion({ content: "a" }, null));
    expect(answer.error).toBeUndefined();
    expect(lastOf(answer)).toEqual({ type: "finish", finishReason: "other" });
  });
});

describe("usage", () => {
  const full = {
    prompt_tokens: 10,
    completion_tokens: 5,
    total_tokens: 15,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 3 },
    cost: 0.5,
  };
  const read1 = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
  const readFull = { ...read1, cachedInputTokens: 4, reasoningTokens: 3, cost: 0.5 };

  it.each<[string, object[]]>([
    ["with the finish reason", [finish("stop", { usage: full })]],
    ["in a chunk of its own", [finish(), { choices: [], usage: full }]],
    ["in a chunk with a null finish reason", [finish(), finish(null, { usage: full })]],
    ["in a choice", [delta({}, { finish_reason: "stop", usage: full })]],
    ["in a choice of its own", [finish(), delta({}, { usage: full })]],
    ["in an object of the vendor's own", [finish("stop", { x_acme: { id: "r", usage: full } })]],
    [
      "in an object of the vendor's own, and after it",
      [finish("stop", { x_acme: { usage } }), { choices: [], usage: full }],
    ],
    ["in every chunk", [delta({ content: "a" }, {}), { ...finish("stop"), usage }, { choices: [], usage: full }]],
    ["before null", [finish("stop", { usage: full }), { choices: [], usage: null }, { choices: [], usage: {} }]],
  ])("is read %s", async (_, chunks) => {
    expect(lastOf(await read(delta({ content: "a" }), ...chunks, done)).usage).toEqual(readFull);
  });

  it.each([
    [{ prompt_tokens: 1 }, { inputTokens: 1, outputTokens: 0, totalTokens: 1 }],
    [
      { prompt_tokens: 1, completion_tokens: 2 },
      { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    ],
    [{ ...usage, prompt_tokens_details: null, completion_tokens_details: null }, read1],
    [{ ...usage, prompt_tokens_details: { cached_tokens: null } }, read1],
    [
      { ...usage, completion_tokens_details: null, reasoning_tokens: 3 },
      { ...read1, reasoningTokens: 3 },
    ],
    [
      { ...usage, completion_tokens_details: { reasoning_tokens: 2 }, reasoning_tokens: 3 },
      { ...read1, reasoningTokens: 2 },
    ],
    [
      { ...usage, prompt_tokens_details: { cached_tokens: 0 } },
      { ...read1, cachedInputTokens: 0 },
    ],
    [{ prompt_tokens: "10", completion_tokens: NaN }, undefined],
    [{}, undefined],
    ["10", undefined],
  ])("%j is read as %j", async (wire, wanted) => {
    expect(lastOf(await readWhole(completion({ content: "a" }, "stop", { usage: wire }))).usage).toEqual(wanted);
  });
});

describe("an error inside a 200", () => {
  const words = { error: { message: "Token limit reached", code: 400 } };

  it.each<[string, (object | string)[], string[]]>([
    ["as the first chunk", [words], []],
    ["as a later chunk", [delta({ content: "a" }), words], ["start", "text"]],
    [
      "beside choices",
      [delta({ content: "a" }), { ...(delta({ content: "b" }) as object), ...words }],
      ["start", "text", "text"],
    ],
    ["after the finish reason", [delta({ content: "a" }), finish("length", words)], ["start", "text"]],
    [
      "as an event of that name",
      [
        delta({ content: "a" }),
        `event: error\ndata: ${JSON.stringify({ message: "Token limit reached", code: 400 })}\n\n`,
      ],
      ["start", "text"],
    ],
    [
      "as an event of that name, in plain words",
      [delta({ content: "a" }), "event: error\ndata: Token limit reached\n\n"],
      ["start", "text"],
    ],
    ["as an object that calls itself so", [{ object: "error", message: "Token limit reached", code: 400 }], []],
    ["as a type", [{ type: "error", message: "Token limit reached", code: 400 }], []],
    ["as a text", [{ error: "Token limit reached", code: 400 }], []],
  ])("is thrown with its words: %s", async (_, chunks, types) => {
    const { events, error } = await read(...chunks, done);
    expect(events.map(({ type }) => type)).toEqual(types);
    expect(error!.message).toBe("Token limit reached");
    expect(error!.code).toMatch(/^invalid-re(?:quest|sponse)$/);
    expect(error!.partial?.text).toBe(
      types
        .map((type) => (type === "text" ? "a" : ""))
        .join("")
        .replace("aa", "ab"),
    );
  });

  it.each([{ error: null }, { error: false }, { error: "" }])("is none where it is %j", async (nothing) => {
    const { events } = await read({ ...delta({ content: "a" }), ...nothing }, finish("stop", nothing));
    expect(events).toHaveLength(3);
  });
});
