import type { ChatEvent, ProviderError, ToolCall } from "@llm-provider/core";
import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { chunkings } from "./support/chunkings.ts";
import { contradictions } from "./support/contradictions.ts";
import { completion, delta, done, fakeFetch, finish, sse, usage } from "./support/fake-fetch.ts";
import { readEvents } from "./support/read-events.ts";

type Read = { events: ChatEvent[]; error?: ProviderError };

/** Returns the events of a stream. They must be the same in every chunking and follow the order that the types promise. */
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

/** Returns the events of a whole answer. */
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
  it("is start, then the content, then finish with the last usage", async () => {
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

  it("has start as soon as the first chunk is read", async () => {
    const { fetch } = fakeFetch({ body: [sse(delta({ role: "assistant" }))], ending: "hang" });
    const iterator = acme({}, { fetch }).stream(hello)[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject({ type: "start" });
    await iterator.return!();
  });

  it("has finish only when the body ends, even if text follows the finish reason", async () => {
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
  it("that arrive in one delta give the same three events", async () => {
    const whole = await read(fragment(called(0, "a1", "weather", oslo)), finish("tool_calls"), done);
    expect(shapes(whole)).toEqual(["start", "tool-call-start 0", "tool-call-delta 0", "tool-call 0", "finish"]);
    expect(callsOf(whole)).toEqual([{ id: "a1", name: "weather", arguments: oslo }]);
  });

  it("that arrive in fragments give a delta for each fragment with content", async () => {
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
    ["with an empty name in later fragments", [called(0, "a1", "weather", '{"city":'), called(0, "", "", '"Oslo"}')]],
    ["with a repeated name", [called(0, "a1", "weather", '{"city":'), called(0, "", "weather", '"Oslo"}')]],
    ["with a repeated id and name", [called(0, "a1", "weather", '{"city":'), called(0, "a1", "weather", '"Oslo"}')]],
    [
      "with null in fields that are already known",
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
    ["with a huge index", [called(1e9, "a1", "weather", '{"city":'), called(1e9, undefined, undefined, '"Oslo"}')]],
    ["with a negative index", [called(-1, "a1", "weather", oslo)]],
    ["with an index that is a string", [{ ...called(undefined, "a1", "weather", oslo), index: "0" }]],
    ["with arguments that are an object", [called(0, "a1", "weather", { city: "Oslo" })]],
    ["with a late name", [called(0, "a1", undefined, '{"city":'), called(0, undefined, "weather", '"Oslo"}')]],
    ["with a late id", [called(0, undefined, "weather", '{"city":'), called(0, "a1", undefined, '"Oslo"}')]],
    [
      "with arguments before id and name",
      [called(0, undefined, undefined, '{"city":'), called(0, "a1", "weather", '"Oslo"}')],
    ],
    [
      "with a different id in each fragment",
      [called(0, "a1", "weather", '{"city":'), called(0, "a2", undefined, '"Oslo"}')],
    ],
    ["next to empty entries", [{}, called(0, "a1", "weather", oslo), {}]],
  ])("are read %s", async (_, fragments) => {
    const answer = await read(...fragments.map(fragment), finish("tool_calls"), done);
    expect(callsOf(answer)).toEqual([{ id: "a1", name: "weather", arguments: oslo }]);
  });

  it("ignore entries that are not objects", async () => {
    const odd = delta({ tool_calls: [null, "x", 7, called(0, "a1", "weather", oslo)] });
    expect(callsOf(await read(odd, finish("tool_calls")))).toHaveLength(1);
    expect(callsOf(await read(delta({ tool_calls: null, content: "a" }), finish()))).toEqual([]);
    expect(callsOf(await read(delta({ tool_calls: {}, content: "a" }), finish()))).toEqual([]);
    expect(callsOf(await read(fragment({ index: 0 }), finish()))).toEqual([]);
  });

  it("get a generated id only if none ever arrives", async () => {
    const answer = await read(
      fragment(called(0, undefined, "weather", "{}")),
      fragment(called(1, "", "time", "{}")),
      finish("tool_calls"),
    );
    expect(callsOf(answer).map(({ id }) => id)).toEqual(["call_0", "call_1"]);
    // No call starts before its id is known, which is at the end here.
    expect(shapes(answer)).toEqual([
      "start",
      "tool-call-start 0",
      "tool-call-start 1",
      // Arguments `{}` are held back until the call ends.
      "tool-call-delta 0",
      "tool-call 0",
      "tool-call-delta 1",
      "tool-call 1",
      "finish",
    ]);
  });

  it("end when the next call starts or the answer ends", async () => {
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

  it("may arrive in interleaved fragments", async () => {
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
      "whole, without an index",
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

  it("may be several at one index, and incomplete", async () => {
    // Another id starts a new call only if the name differs too.
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
  ])("may be several with the same name: %s", async (_, index) => {
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

  it("without arguments give the same three events", async () => {
    for (const text of ["", undefined, null]) {
      const answer = await read(fragment(called(0, "a1", "now", text)), finish("tool_calls"));
      expect(shapes(answer)).toEqual(["start", "tool-call-start 0", "tool-call-delta 0", "tool-call 0", "finish"]);
      expect(callsOf(answer)).toEqual([{ id: "a1", name: "now", arguments: "" }]);
    }
  });

  it("keep arguments that are not valid JSON unchanged", async () => {
    const answer = await read(fragment(called(0, "a1", "f", '{"a": tru')), finish("length"));
    expect(callsOf(answer)).toEqual([{ id: "a1", name: "f", arguments: '{"a": tru' }]);
    expect(lastOf(answer).finishReason).toBe("length");
  });

  it("that are complete accept late white space, but nothing else", async () => {
    const two = (text: string) => [fragment(called(0, "a1", "f", text)), fragment(called(1, "a2", "g", text))];
    const late = (first: string, text: string) =>
      read(...two(first), fragment(called(0, undefined, undefined, text)), finish("tool_calls"));
    for (const first of ["{}", '{"a":1}'])
      expect(callsOf(await late(first, " \n")).map((call) => call.arguments)).toEqual([first, first]);
    expect((await late('{"a":1}', "{}")).error).toMatchObject({ code: "invalid-response" });
    // An object replaces arguments `{}`.
    expect(callsOf(await late("{}", '{"a":1}')).map((call) => call.arguments)).toEqual(['{"a":1}', "{}"]);
  });

  it("are limited to 1024", async () => {
    const calls = Array.from({ length: 1024 }, (_, index) => called(undefined, `a${index}`, "f", "{}"));
    const answer = () => readWhole(completion({ tool_calls: calls }, "tool_calls"));
    expect(callsOf(await answer())).toHaveLength(1024);
    calls.push(called(undefined, "more", "f", "{}"));
    expect((await answer()).error?.message).toContain("1024");
  });

  it("without a name are an invalid response", async () => {
    const { error } = await read(fragment(called(0, "a1", undefined, "{}")), finish("tool_calls"));
    expect(error).toMatchObject({ code: "invalid-response" });
    expect(error!.message).toContain("name");
  });

  it("in a whole answer are separate, even if they are identical", async () => {
    const calls = [called(undefined, undefined, "now"), called(undefined, undefined, "now")];
    const answer = await readWhole(completion({ content: null, tool_calls: calls }, "tool_calls"));
    expect(callsOf(answer).map(({ id }) => id)).toEqual(["call_0", "call_1"]);
  });
});

describe("text", () => {
  it("may be a string in one chunk and a list in the next", async () => {
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
    ["a field after an empty one", { reasoning_content: "", reasoning: "Hm" }],
    ["a thinking part that is a string", { content: [{ type: "thinking", thinking: "Hm" }] }],
  ])("of the reasoning is read from %s", async (_, fields) => {
    const { events } = await read(delta(fields), finish());
    expect(events.slice(1, -1)).toEqual([{ type: "reasoning", text: "Hm" }]);
  });

  it("keeps thinking tags unchanged", async () => {
    const { events } = await read(delta({ content: "<think>Hm</think>Hi" }), finish());
    expect(events[1]).toEqual({ type: "text", text: "<think>Hm</think>Hi" });
  });

  it("is not read again from a `message` that repeats the deltas", async () => {
    const { events } = await read(
      delta({ content: "Hel" }, { message: { content: "Hel" } }),
      delta({ content: "lo" }, { message: { content: "Hello" } }),
      delta({ content: "" }, { message: { content: "Hello" }, finish_reason: "stop" }),
    );
    expect(events.map((event) => (event.type === "text" ? event.text : "")).join("")).toBe("Hello");
  });

  // Only the index of the first choice is read. Choices without an index count as that choice.
  it("is read only from the choice that the first chunk has", async () => {
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

  it("of a refusal is text, with the finish reason content-filter", async () => {
    const answer = await readWhole(completion({ content: null, refusal: "I cannot." }));
    expect(answer.events[1]).toEqual({ type: "text", text: "I cannot.", refusal: true });
    expect(lastOf(answer)).toMatchObject({ finishReason: "content-filter", rawFinishReason: "stop" });
  });
});

describe("unusual chunks", () => {
  it.each<[string, object]>([
    ["no choices", { id: "c1", model: "acme-2" }],
    ["empty choices", { id: "c1", model: "acme-2", choices: [] }],
    ["null choices", { id: "c1", model: "acme-2", choices: null }],
    ["a choice that is null", { id: "c1", model: "acme-2", choices: [null] }],
    ["a choice without delta", { id: "c1", model: "acme-2", choices: [{ index: 0 }] }],
    ["a delta that is null", { id: "c1", model: "acme-2", choices: [{ index: 0, delta: null }] }],
    ["a delta that is a string", { id: "c1", model: "acme-2", choices: [{ index: 0, delta: "x" }] }],
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
  ])("with %s are ignored", async (_, chunk) => {
    const { events } = await read(chunk, delta({ content: "a" }), chunk, finish(), chunk, done);
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "finish"]);
  });

  it("may have the id and model late or never", async () => {
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

  it("is the last one that is not null", async () => {
    const answer = await read(finish("length"), finish("stop"), finish(null), { ...finish(""), usage }, done);
    expect(lastOf(answer)).toMatchObject({ finishReason: "stop", rawFinishReason: "stop" });
  });

  it("is other, or tool-calls, if only the end mark arrived", async () => {
    expect(lastOf(await read(delta({ content: "a" }), done))).toEqual({ type: "finish", finishReason: "other" });
    expect(lastOf(await read(fragment(called(0, "a1", "f", "{}")), done))).toEqual({
      type: "finish",
      finishReason: "tool-calls",
    });
    // An end mark after at least one chunk completes an answer.
    expect((await read(done)).error).toMatchObject({ code: "invalid-response", retryable: false });
  });

  it("that is missing without an end mark is an invalid response with a partial result", async () => {
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

  // A whole JSON body with a message is a complete answer.
  it("is other if a whole answer has none", async () => {
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
    ["in a vendor's own object", [finish("stop", { x_acme: { id: "r", usage: full } })]],
    [
      "in a vendor's own object, and again after it",
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
      "next to choices",
      [delta({ content: "a" }), { ...(delta({ content: "b" }) as object), ...words }],
      ["start", "text", "text"],
    ],
    ["after the finish reason", [delta({ content: "a" }), finish("length", words)], ["start", "text"]],
    [
      "as an `error` event",
      [
        delta({ content: "a" }),
        `event: error\ndata: ${JSON.stringify({ message: "Token limit reached", code: 400 })}\n\n`,
      ],
      ["start", "text"],
    ],
    [
      "as an `error` event with plain text",
      [delta({ content: "a" }), "event: error\ndata: Token limit reached\n\n"],
      ["start", "text"],
    ],
    ['as an object with `object: "error"`', [{ object: "error", message: "Token limit reached", code: 400 }], []],
    ['with `type: "error"`', [{ type: "error", message: "Token limit reached", code: 400 }], []],
    ["as a string", [{ error: "Token limit reached", code: 400 }], []],
  ])("is thrown with its message: %s", async (_, chunks, types) => {
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

  it.each([{ error: null }, { error: false }, { error: "" }])("is ignored if it is %j", async (nothing) => {
    const { events } = await read({ ...delta({ content: "a" }), ...nothing }, finish("stop", nothing));
    expect(events).toHaveLength(3);
  });
});
