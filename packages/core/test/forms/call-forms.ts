import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, type Form, call, oslo, streamed, wantedCall } from "./form.ts";

/** Tool calls under other names and in other places. */
export const callForms: Form[] = [
  streamed(
    "function_call in pieces (GigaChat, old Azure)",
    [
      delta({ function_call: { name: "weather", arguments: "" } }),
      delta({ function_call: { arguments: '{"city":' } }),
      delta({ function_call: { arguments: '"Oslo"}' } }),
      finish("function_call"),
      done,
    ],
    { toolCalls: [{ name: "weather", arguments: oslo }], finishReason: "tool-calls", uniqueIds: true },
  ),
  answered(
    "function_call whole, arguments as an object",
    completion({ content: "", function_call: { name: "weather", arguments: { city: "Oslo" } } }, "function_call"),
    { toolCalls: [{ name: "weather", arguments: oslo }], finishReason: "tool-calls" },
  ),
  answered(
    "function_call null next to tool_calls",
    completion({ content: null, function_call: null, tool_calls: [call] }, "tool_calls"),
    { toolCalls: [wantedCall] },
  ),
  answered(
    "a custom call",
    completion(
      { content: null, tool_calls: [{ id: "t1", type: "custom", custom: { name: "sql", input: "select 1" } }] },
      "tool_calls",
    ),
    {
      toolCalls: [{ id: "t1", name: "sql", arguments: "select 1", kind: "custom" }],
      messageHas: '/"custom":\\{"name":"sql","input":"select 1"\\}/',
    },
  ),
  streamed(
    "a custom call in pieces",
    [
      delta({ tool_calls: [{ index: 0, id: "t1", type: "custom", custom: { name: "sql", input: "" } }] }),
      delta({ tool_calls: [{ index: 0, custom: { input: "select" } }] }),
      delta({ tool_calls: [{ index: 0, custom: { input: " 1" } }] }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [{ id: "t1", name: "sql", arguments: "select 1", kind: "custom" }] },
  ),
  streamed(
    "a custom call next to a function call",
    [
      delta({ tool_calls: [{ index: 0, id: "t1", type: "custom", custom: { name: "sql", input: "select 1" } }] }),
      delta({ tool_calls: [{ index: 1, ...call, id: "t2" }] }),
      finish("tool_calls"),
      done,
    ],
    { toolNames: ["sql", "weather"], uniqueIds: true },
  ),
  answered(
    "each call in a separate choice, without index (Copilot)",
    {
      id: "c1",
      choices: [
        { finish_reason: "tool_calls", message: { content: "Let me see." } },
        { finish_reason: "tool_calls", message: { content: null, tool_calls: [call] } },
      ],
    },
    { text: "Let me see.", toolCalls: [wantedCall], finishReason: "tool-calls" },
  ),
  streamed(
    "choices without index in a stream",
    [
      { id: "c1", choices: [{ delta: { content: "Let" } }, { delta: { tool_calls: [{ index: 0, ...call }] } }] },
      { id: "c1", choices: [{ delta: {}, finish_reason: "tool_calls" }] },
      done,
    ],
    { text: "Let", toolCalls: [wantedCall] },
  ),
  answered(
    "the only choice has the index 1",
    { id: "c1", choices: [{ index: 1, message: { content: "Hi" }, finish_reason: "stop" }] },
    { text: "Hi", finishReason: "stop" },
  ),
  streamed(
    "the only choice of a stream has the index 1",
    [
      { id: "c1", choices: [{ index: 1, delta: { content: "Hi" }, finish_reason: null }] },
      { id: "c1", choices: [{ index: 1, delta: {}, finish_reason: "stop" }] },
      done,
    ],
    { text: "Hi", finishReason: "stop" },
  ),
  streamed(
    "only the first of two choices is read",
    [
      {
        id: "c1",
        choices: [
          { index: 0, delta: { content: "A" } },
          { index: 1, delta: { content: "B" } },
        ],
      },
      { id: "c1", choices: [{ index: 1, delta: { content: "B" }, finish_reason: "length" }] },
      { id: "c1", choices: [{ index: 0, delta: { content: "A" }, finish_reason: "stop" }] },
      done,
    ],
    { text: "AA", finishReason: "stop" },
  ),
  answered(
    "the first choice decides, even if its index is 1",
    {
      id: "c1",
      choices: [
        { index: 1, message: { content: "B" }, finish_reason: "stop" },
        { index: 0, message: { content: "A" }, finish_reason: "length" },
      ],
    },
    { text: "B", finishReason: "stop" },
  ),
  answered(
    "two whole calls with index 0",
    completion(
      {
        content: null,
        tool_calls: [
          { index: 0, ...call },
          { index: 0, ...call, id: "t2" },
        ],
      },
      "tool_calls",
    ),
    { toolCalls: [wantedCall, { ...wantedCall, id: "t2" }] },
  ),
  answered(
    "two whole calls with one id",
    completion(
      { content: null, tool_calls: [call, { id: "t1", type: "function", function: { name: "now", arguments: "{}" } }] },
      "tool_calls",
    ),
    { toolNames: ["weather", "now"], uniqueIds: true },
  ),
];
