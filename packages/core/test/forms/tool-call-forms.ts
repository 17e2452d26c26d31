/** A fragment: index, id, name, arguments; `undefined` leaves the field out. */
export type Fragment = readonly [index?: unknown, id?: unknown, name?: unknown, text?: unknown];
/** A call: id (`unique` stands for any unused id), name, arguments. */
export type WantedCall = readonly [id: string, name: string, text: string];

export interface ToolCallForm {
  /** What happens on the wire, and whose server does it. */
  readonly what: string;
  /** The rule that determines the calls. */
  readonly because: string;
  /** The `tool_calls` of each chunk. */
  readonly chunks: readonly (readonly Fragment[])[];
  readonly calls: readonly WantedCall[];
}

const none = undefined;
export const unique = "(unique)";
const oslo = '{"city":"Oslo"}';
const bergen = '{"city":"Bergen"}';
const [head, tail] = ['{"city":', '"Oslo"}'];
const [otherHead, otherTail] = ['{"city":', '"Bergen"}'];

/** One fragment in each chunk. */
const each = (...fragments: Fragment[]): Fragment[][] => fragments.map((one) => [one]);

/** The rules that assign fragments to calls. */
const rule = {
  newIndex: "a new index with a name starts a call, whatever its id",
  id: "an id that only one call has selects that call",
  index: "an index selects its call",
  last: "without an index the fragment continues the last call",
  whole: "a name and non-empty arguments start another call if the current arguments are complete JSON",
  otherId:
    "a name and another id start another call if the name differs, or the current arguments are missing or complete",
  continues: "any other fragment continues the call, which keeps its first id",
  name: "a different name without a new id, before any argument, continues the name",
  empty: "an object in a fragment without a name replaces arguments {}",
  taken: "a used id is made unique",
  made: "an id is generated only if none ever arrives",
  first: "a fragment without a call starts one",
} as const;

/** Forms of streamed tool calls, and the calls that they mean. */
export const toolCallForms: readonly ToolCallForm[] = [
  // One call.
  {
    what: "one fragment",
    because: rule.newIndex,
    chunks: each([0, "a", "weather", oslo]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "the name first, then pieces by index (OpenAI)",
    because: rule.index,
    chunks: each([0, "a", "weather", ""], [0, none, none, head], [0, none, none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "id and name in a chunk without arguments (Qwen3 on vLLM)",
    because: rule.index,
    chunks: each([0, "a", "weather"], [0, none, none, oslo]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "no index at all (Gemini behind gateways)",
    because: rule.last,
    chunks: each([none, "a", "weather", ""], [none, none, none, head], [none, none, none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "the id in every fragment, no index (DashScope)",
    because: rule.id,
    chunks: each([none, "a", "weather", ""], [none, "a", none, head], [none, "a", none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "id and name in every fragment",
    because: rule.continues,
    chunks: each([0, "a", "weather", head], [0, "a", "weather", tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "id and name in every fragment, no index",
    because: rule.continues,
    chunks: each([none, "a", "weather", head], [none, "a", "weather", tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "a fresh id in every fragment, the same name",
    because: rule.continues,
    chunks: each([0, "a", "weather", head], [0, "b", "weather", '"Os'], [0, "c", "weather", 'lo"}']),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "a fresh id in every fragment, no name",
    because: rule.continues,
    chunks: each([0, "a", "weather", ""], [0, "b", none, head], [0, "c", none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "a fresh id without a name, no index",
    because: rule.last,
    chunks: each([none, "a", "weather", head], [none, "b", none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "empty id and name in later fragments (Qwen, LM Studio)",
    because: rule.index,
    chunks: each([0, "a", "weather", ""], [0, "", "", head], [0, "", "", tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "null id and name in later fragments (NVIDIA)",
    because: rule.index,
    chunks: each([0, "a", "weather", null], [0, null, null, head], [0, null, null, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "index null everywhere",
    because: rule.last,
    chunks: each([null, "a", "weather", head], [null, null, null, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "an index that drifts, the id repeated (Nebius, Cerebras)",
    because: rule.id,
    chunks: each([0, "a", "weather", ""], [1, "a", none, head], [2, "a", none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "a first index of 1",
    because: rule.newIndex,
    chunks: each([1, "a", "weather", head], [1, none, none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "the id after the name",
    because: rule.index,
    chunks: each([0, none, "weather", ""], [0, "a", none, oslo]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "the id after the arguments began",
    because: rule.made,
    chunks: each([0, none, "weather", head], [0, "a", none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "the id before the name",
    because: rule.first,
    chunks: each([0, "a"], [0, none, "weather", ""], [0, none, none, oslo]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "no id ever",
    because: rule.made,
    chunks: each([0, none, "weather", head], [0, none, none, tail]),
    calls: [["call_0", "weather", oslo]],
  },
  { what: "no arguments ever", because: rule.newIndex, chunks: each([0, "a", "now", ""]), calls: [["a", "now", ""]] },
  {
    what: "empty pieces in between",
    because: rule.continues,
    chunks: each([0, "a", "weather", ""], [0, none, none, ""], [0, none, none, oslo], [0, none, none, ""]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "an empty fragment after the call",
    because: rule.continues,
    chunks: [[[0, "a", "weather", oslo]], [[]]],
    calls: [["a", "weather", oslo]],
  },
  {
    what: "id and name once more at the end, without arguments",
    because: rule.continues,
    chunks: each([0, "a", "weather", oslo], [0, "a", "weather", ""]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "the name once more at the end, without id and arguments",
    because: rule.continues,
    chunks: each([0, "a", "weather", oslo], [0, none, "weather", ""]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "arguments that are an object on the wire (old versions of Ollama's /v1)",
    because: rule.newIndex,
    chunks: each([0, "a", "weather", { city: "Oslo" }]),
    calls: [["a", "weather", oslo]],
  },
  // A name in pieces.
  {
    what: "a name in two pieces (Gemini behind gateways)",
    because: rule.name,
    chunks: each([0, "a", "wea", ""], [0, none, "ther", ""], [0, none, none, oslo]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "a name in three pieces, the id repeated",
    because: rule.name,
    chunks: each([0, "a", "get", ""], [0, "a", "_wea", ""], [0, "a", "ther", ""], [0, "a", none, oslo]),
    calls: [["a", "get_weather", oslo]],
  },
  {
    what: "a name in two pieces, no index",
    because: rule.name,
    chunks: each([none, "a", "wea"], [none, none, "ther"], [none, none, none, oslo]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "the last piece of the name with the first of the arguments",
    because: rule.name,
    chunks: each([0, "a", "wea", ""], [0, none, "ther", head], [0, none, none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "the same name twice before the arguments is one name",
    because: rule.name,
    chunks: each([0, "a", "weather", ""], [0, "a", "weather", ""], [0, none, none, oslo]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "a different name within incomplete arguments",
    because: rule.continues,
    chunks: each([0, "a", "weather", head], [0, none, "time", tail]),
    calls: [["a", "weather", oslo]],
  },
  // Several calls.
  {
    what: "two interleaved calls by index",
    because: rule.index,
    chunks: each(
      [0, "a", "weather", head],
      [1, "b", "weather", otherHead],
      [0, none, none, tail],
      [1, none, none, otherTail],
    ),
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
    ],
  },
  {
    what: "two calls by index in one chunk",
    because: rule.newIndex,
    chunks: [
      [
        [0, "a", "weather", oslo],
        [1, "b", "weather", bergen],
      ],
    ],
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
    ],
  },
  {
    what: "two calls with ids in one chunk, no index",
    because: rule.otherId,
    chunks: [
      [
        [none, "a", "weather", oslo],
        [none, "b", "weather", bergen],
      ],
    ],
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
    ],
  },
  {
    what: "indices with gaps",
    because: rule.newIndex,
    chunks: each([0, "a", "weather", oslo], [2, "b", "weather", bergen], [7, "c", "now", "{}"]),
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
      ["c", "now", "{}"],
    ],
  },
  {
    what: "whole calls that all have index 0, with ids (Ollama, Dynamo)",
    because: rule.otherId,
    chunks: each([0, "a", "weather", oslo], [0, "b", "weather", bergen]),
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
    ],
  },
  {
    what: "whole calls that all have index 0, without ids",
    because: rule.whole,
    chunks: each([0, none, "weather", oslo], [0, none, "weather", bergen]),
    calls: [
      ["call_0", "weather", oslo],
      ["call_1", "weather", bergen],
    ],
  },
  {
    what: "whole calls without index and id",
    because: rule.whole,
    chunks: each([none, none, "weather", oslo], [none, none, "time", "{}"], [none, none, "weather", bergen]),
    calls: [
      ["call_0", "weather", oslo],
      ["call_1", "time", "{}"],
      ["call_2", "weather", bergen],
    ],
  },
  {
    what: "whole calls with ids, no index",
    because: rule.otherId,
    chunks: each([none, "a", "weather", oslo], [none, "b", "weather", bergen]),
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
    ],
  },
  {
    what: "calls in pieces that all have index 0",
    because: rule.otherId,
    chunks: each(
      [0, "a", "weather", ""],
      [0, none, none, head],
      [0, none, none, tail],
      [0, "b", "weather", ""],
      [0, none, none, bergen],
    ),
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
    ],
  },
  {
    what: "another id and the same name before any argument",
    because: rule.otherId,
    chunks: each([0, "a", "weather", ""], [0, "b", "weather", ""], [0, "b", none, bergen], [0, "a", none, oslo]),
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
    ],
  },
  {
    what: "another id and another name within incomplete arguments",
    because: rule.otherId,
    chunks: each([0, "a", "weather", head], [0, "b", "time", "{}"], [0, "a", none, tail]),
    calls: [
      ["a", "weather", oslo],
      ["b", "time", "{}"],
    ],
  },
  {
    what: "another id and another name before any argument",
    because: rule.otherId,
    chunks: each([none, "a", "now", ""], [none, "b", "weather", oslo]),
    calls: [
      ["a", "now", ""],
      ["b", "weather", oslo],
    ],
  },
  {
    what: "another id and the same name without arguments, after complete ones",
    because: rule.otherId,
    chunks: each([0, "a", "weather", oslo], [0, "b", "weather", ""], [0, "b", none, bergen]),
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
    ],
  },
  {
    what: "interleaved ids, no index",
    because: rule.id,
    chunks: each(
      [none, "a", "weather", head],
      [none, "b", "time", '{"zone":'],
      [none, "a", none, tail],
      [none, "b", none, '"CET"}'],
    ),
    calls: [
      ["a", "weather", oslo],
      ["b", "time", '{"zone":"CET"}'],
    ],
  },
  {
    what: "interleaved ids, all at index 0",
    because: rule.id,
    chunks: each(
      [0, "a", "weather", head],
      [0, "b", "time", '{"zone":'],
      [0, "a", none, tail],
      [0, "b", none, '"CET"}'],
    ),
    calls: [
      ["a", "weather", oslo],
      ["b", "time", '{"zone":"CET"}'],
    ],
  },
  // An id that repeats.
  {
    what: "one id at two indices (DeepSeek, GLM, Kimi)",
    because: `${rule.newIndex}; ${rule.taken}`,
    chunks: each([0, "a", "weather", oslo], [1, "a", "weather", bergen]),
    calls: [
      ["a", "weather", oslo],
      [unique, "weather", bergen],
    ],
  },
  {
    what: "one id at two indices, then pieces with that id",
    because: `${rule.id}, and here two have it: ${rule.index}`,
    chunks: each(
      [0, "a", "weather", ""],
      [1, "a", "weather", ""],
      [0, "a", none, head],
      [1, "a", none, otherHead],
      [0, "a", none, tail],
      [1, "a", none, otherTail],
    ),
    calls: [
      ["a", "weather", oslo],
      [unique, "weather", bergen],
    ],
  },
  {
    what: "one id at two indices, then pieces by index",
    because: rule.index,
    chunks: each(
      [0, "a", "weather", head],
      [1, "a", "time", '{"zone":'],
      [1, none, none, '"CET"}'],
      [0, none, none, tail],
    ),
    calls: [
      ["a", "weather", oslo],
      [unique, "time", '{"zone":"CET"}'],
    ],
  },
  {
    what: "one id and one index for two whole calls",
    because: `${rule.whole}; ${rule.taken}`,
    chunks: each([0, "a", "weather", oslo], [0, "a", "weather", bergen]),
    calls: [
      ["a", "weather", oslo],
      [unique, "weather", bergen],
    ],
  },
  {
    what: "one id for two whole calls, no index",
    because: `${rule.whole}; ${rule.taken}`,
    chunks: each([none, "a", "weather", oslo], [none, "a", "time", "{}"]),
    calls: [
      ["a", "weather", oslo],
      [unique, "time", "{}"],
    ],
  },
  {
    what: "one id for three calls",
    because: rule.taken,
    chunks: each([0, "a", "weather", oslo], [1, "a", "weather", bergen], [2, "a", "now", ""]),
    calls: [
      ["a", "weather", oslo],
      [unique, "weather", bergen],
      [unique, "now", ""],
    ],
  },
  {
    what: "a known id and name at a new index, with the first call incomplete",
    because: rule.newIndex,
    chunks: each([0, "a", "weather", head], [1, "a", "weather", bergen], [0, none, none, tail]),
    calls: [
      ["a", "weather", oslo],
      [unique, "weather", bergen],
    ],
  },
  {
    what: "an id on the wire that was generated for another call",
    because: rule.taken,
    chunks: each([0, "call_1", "weather", oslo], [1, none, "weather", bergen]),
    calls: [
      ["call_1", "weather", oslo],
      [unique, "weather", bergen],
    ],
  },
  // Arguments {}.
  { what: "arguments {}", because: rule.empty, chunks: each([0, "a", "now", "{}"]), calls: [["a", "now", "{}"]] },
  {
    what: "{} and then the object in pieces (Bedrock, LiteLLM)",
    because: rule.empty,
    chunks: each([0, "a", "weather", "{}"], [0, none, none, head], [0, none, none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "{} and then the whole object",
    because: rule.empty,
    chunks: each([0, "a", "weather", "{}"], [0, none, none, oslo]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "{} and then the object with the id",
    because: rule.empty,
    chunks: each([none, "a", "weather", "{}"], [none, "a", none, head], [none, "a", none, tail]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "{} in a separate fragment, then the object",
    because: rule.empty,
    chunks: each([0, "a", "weather", ""], [0, none, none, "{}"], [0, none, none, oslo]),
    calls: [["a", "weather", oslo]],
  },
  {
    what: "{} and then an empty piece",
    because: rule.empty,
    chunks: each([0, "a", "now", "{}"], [0, none, none, ""]),
    calls: [["a", "now", "{}"]],
  },
  {
    what: "{} and then another call",
    because: rule.newIndex,
    chunks: each([0, "a", "now", "{}"], [1, "b", "weather", oslo]),
    calls: [
      ["a", "now", "{}"],
      ["b", "weather", oslo],
    ],
  },
  {
    what: "{} twice, with names, without ids",
    because: rule.whole,
    chunks: each([0, none, "now", "{}"], [0, none, "now", "{}"]),
    calls: [
      ["call_0", "now", "{}"],
      ["call_1", "now", "{}"],
    ],
  },
  {
    what: "{} and then an object in a fragment with the name is another call",
    because: `${rule.whole}; ${rule.empty}`,
    chunks: each([0, "a", "weather", "{}"], [0, "a", "weather", oslo]),
    calls: [
      ["a", "weather", "{}"],
      [unique, "weather", oslo],
    ],
  },
  {
    what: "two calls by index that both begin with {}",
    because: rule.empty,
    chunks: each([0, "a", "weather", "{}"], [1, "b", "weather", "{}"], [0, none, none, oslo], [1, none, none, bergen]),
    calls: [
      ["a", "weather", oslo],
      ["b", "weather", bergen],
    ],
  },
];
