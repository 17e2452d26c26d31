import type { JsonObject, ToolCall } from "@llm-provider/core";

/** One observed form of streamed tool calls, and the calls that it means. */
export interface ToolCallForm {
  readonly at: string;
  readonly deltas: readonly JsonObject[];
  readonly expected: readonly ToolCall[];
}

type Fragment = { index?: number | null; id?: string | null; name?: string; arguments?: unknown; type?: string };

function delta(...fragments: Fragment[]): JsonObject {
  return {
    tool_calls: fragments.map(({ index, id, type, ...called }) => ({
      ...(index !== undefined && { index }),
      ...(id !== undefined && { id }),
      ...(type !== undefined && { type }),
      function: called,
    })) as never,
  };
}

function call(id: string, text: string, name = "get_weather"): ToolCall {
  return { id, name, arguments: text };
}

const paris = '{"city":"Paris"}';
const rome = '{"city":"Rome"}';

export const toolCallForms: readonly ToolCallForm[] = [
  {
    at: "whole in one delta",
    deltas: [delta({ index: 0, id: "a", type: "function", name: "get_weather", arguments: paris })],
    expected: [call("a", paris)],
  },
  {
    at: "in fragments",
    deltas: [
      delta({ index: 0, id: "a", type: "function", name: "get_weather", arguments: "" }),
      delta({ index: 0, arguments: '{"city":' }),
      delta({ index: 0, arguments: '"Paris"}' }),
    ],
    expected: [call("a", paris)],
  },
  {
    at: "an empty name and id in later fragments",
    deltas: [
      delta({ index: 0, id: "a", name: "get_weather", arguments: "" }),
      delta({ index: 0, id: "", name: "", arguments: '{"city":' }),
      delta({ index: 0, id: null, name: "", arguments: '"Paris"}' }),
    ],
    expected: [call("a", paris)],
  },
  {
    at: "id and name repeated in every fragment",
    deltas: [
      delta({ index: 0, id: "a", name: "get_weather", arguments: '{"city":' }),
      delta({ index: 0, id: "a", name: "get_weather", arguments: '"Paris"}' }),
    ],
    expected: [call("a", paris)],
  },
  {
    at: "the name after the first fragment",
    deltas: [
      delta({ index: 0, id: "a", arguments: "" }),
      delta({ index: 0, name: "get_weather", arguments: '{"city":' }),
      delta({ index: 0, arguments: '"Paris"}' }),
    ],
    expected: [call("a", paris)],
  },
  {
    at: "an index that counts from 1",
    deltas: [delta({ index: 1, id: "a", name: "get_weather", arguments: "" }), delta({ index: 1, arguments: paris })],
    expected: [call("a", paris)],
  },
  {
    at: "two calls one after the other",
    deltas: [
      delta({ index: 0, id: "a", name: "get_weather", arguments: '{"city":' }),
      delta({ index: 0, arguments: '"Paris"}' }),
      delta({ index: 1, id: "b", name: "get_time", arguments: '{"city":' }),
      delta({ index: 1, arguments: '"Rome"}' }),
    ],
    expected: [call("a", paris), call("b", rome, "get_time")],
  },
  {
    at: "two calls whose fragments come in turn",
    deltas: [
      delta(
        { index: 0, id: "a", name: "get_weather", arguments: "" },
        { index: 1, id: "b", name: "get_time", arguments: "" },
      ),
      delta({ index: 0, arguments: '{"city":' }),
      delta({ index: 1, arguments: '{"city":' }),
      delta({ index: 0, arguments: '"Paris"}' }),
      delta({ index: 1, arguments: '"Rome"}' }),
    ],
    expected: [call("a", paris), call("b", rome, "get_time")],
  },
  {
    at: "two calls without an index",
    deltas: [
      delta({ id: "a", name: "get_weather", arguments: paris }),
      delta({ id: "b", name: "get_time", arguments: rome }),
    ],
    expected: [call("a", paris), call("b", rome, "get_time")],
  },
  {
    at: "two calls in one delta",
    deltas: [
      delta(
        { index: 0, id: "a", name: "get_weather", arguments: paris },
        { index: 1, id: "b", name: "get_time", arguments: rome },
      ),
    ],
    expected: [call("a", paris), call("b", rome, "get_time")],
  },
  {
    at: "two calls with the same id",
    deltas: [
      delta(
        { index: 0, id: "a", name: "get_weather", arguments: paris },
        { index: 1, id: "a", name: "get_time", arguments: rome },
      ),
    ],
    expected: [call("a", paris), call("a_2", rome, "get_time")],
  },
  {
    at: "two whole calls of one tool, without an index",
    deltas: [
      delta({ id: "a", name: "get_weather", arguments: paris }),
      delta({ id: "b", name: "get_weather", arguments: rome }),
    ],
    expected: [call("a", paris), call("b", rome)],
  },
  {
    at: "two whole calls of one tool, without index and id",
    deltas: [delta({ name: "get_weather", arguments: paris }), delta({ name: "get_weather", arguments: rome })],
    expected: [call("call_0", paris), call("call_1", rome)],
  },
  {
    at: "a name in every fragment, without index and id",
    deltas: [
      delta({ id: "a", name: "get_weather", arguments: '{"city":' }),
      delta({ name: "get_weather", arguments: '"Paris"}' }),
    ],
    expected: [call("a", paris)],
  },
  {
    at: "no id at all",
    deltas: [delta({ index: 0, name: "get_weather", arguments: paris })],
    expected: [call("call_0", paris)],
  },
  {
    at: "arguments as an object",
    deltas: [delta({ index: 0, id: "a", name: "get_weather", arguments: { city: "Paris" } })],
    expected: [call("a", paris)],
  },
  {
    at: "no arguments",
    deltas: [delta({ index: 0, id: "a", name: "get_time", arguments: "" })],
    expected: [call("a", "", "get_time")],
  },
  {
    at: "null arguments",
    deltas: [delta({ index: 0, id: "a", name: "get_time", arguments: null })],
    expected: [call("a", "", "get_time")],
  },
  {
    at: "text before the call",
    deltas: [{ content: "Let me look." }, delta({ index: 0, id: "a", name: "get_weather", arguments: paris })],
    expected: [call("a", paris)],
  },
];
