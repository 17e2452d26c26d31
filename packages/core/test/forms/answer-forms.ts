import { completion, delta, done, finish, sse, usage } from "../support/fake-fetch.ts";
import type { WireCase, WireExpectation, WireReply } from "../support/wire-case.ts";

export type Form = WireCase & { what: string };

const events = { "content-type": "text/event-stream" };
const json = { "content-type": "application/json" };
const oslo = '{"city":"Oslo"}';

/** A stream of these chunks. */
export function streamed(
  what: string,
  chunks: (object | string)[],
  expected: WireExpectation,
  rest: Partial<WireCase> = {},
  reply: Partial<WireReply> = {},
): Form {
  return { what, how: ["stream"], response: { headers: events, body: sse(...chunks), ...reply }, expected, ...rest };
}

/** A whole body, asked for by chat and by stream. */
export function answered(
  what: string,
  body: unknown,
  expected: WireExpectation,
  rest: Partial<WireCase> = {},
  reply: Partial<WireReply> = {},
): Form {
  return { what, how: ["chat", "stream"], response: { headers: json, body, ...reply }, expected, ...rest };
}

const dialect = (options: object): Partial<WireCase> => ({ options: { dialect: options } });
const threw = (rest: WireExpectation): WireExpectation => ({ threw: "ProviderError", ...rest });
const call = { id: "t1", type: "function", function: { name: "weather", arguments: oslo } };
const wantedCall = { id: "t1", name: "weather", arguments: oslo };
const words = "The upstream said no";

/** Kind 2: a 200 that is no answer. */
const noAnswer: Form[] = [
  streamed(
    "an `error:` field with JSON, and an end mark (llama.cpp)",
    [`error: {"code":500,"message":"${words}","type":"server_error"}\n\n`, done],
    threw({ message: words }),
  ),
  streamed("an `error:` field with plain text", [`error: ${words}\n\n`], threw({ message: `/${words}/` })),
  streamed(
    "an `error:` field after words",
    [delta({ content: "Hal" }), `error: {"code":500,"message":"${words}"}\n\n`, done],
    threw({ message: words, partialText: "Hal" }),
  ),
  streamed(
    "an event `error` whose data are plain text",
    [`event: error\ndata: ${words}\n\n`],
    threw({ message: words }),
  ),
  streamed("{detail} and an end mark (FastAPI)", [{ detail: words }, done], threw({ message: words })),
  answered("{detail}", { detail: words }, threw({ message: words, retryable: false })),
  answered(
    "{detail: [{loc, msg}]}",
    { detail: [{ loc: ["body", "messages"], msg: words }] },
    threw({ message: `/${words}/` }),
  ),
  answered(
    "{code, message} with a code of the vendor's (Zhipu, SiliconFlow)",
    { code: 20012, message: words, data: null },
    threw({ message: words, retryable: false }),
  ),
  answered(
    "{code, msg, success: false} (RuoYi gateways)",
    { code: 500, msg: words, success: false },
    threw({ message: words }),
  ),
  answered(
    "{base_resp} with a status that is not 0 (MiniMax)",
    { base_resp: { status_code: 1008, status_msg: "insufficient balance" }, choices: null },
    threw({ message: "/insufficient balance/" }),
  ),
  answered(
    "{errors: [{message}]} (Cloudflare)",
    { success: false, errors: [{ code: 5007, message: words }], result: null },
    threw({ message: `/${words}/` }),
  ),
  answered(
    "a list of one error (Gemini)",
    [{ error: { code: 429, message: words, status: "RESOURCE_EXHAUSTED" } }],
    threw({ message: words, code: "rate-limit", retryable: true }),
  ),
  answered("the JSON null (open-webui)", "null", threw({})),
  answered("an empty object", {}, threw({})),
  answered("an empty list of choices and nothing else", { id: "c1", choices: [] }, threw({})),
  answered("an empty body", "", threw({})),
  answered("202 with nothing (NVIDIA)", "", threw({ message: "/202/" }), {}, { status: 202 }),
  answered(
    "plain text",
    `upstream connect error: ${words}`,
    threw({ message: `/${words}/`, code: "invalid-response", retryable: false }),
    {},
    { headers: { "content-type": "text/plain" } },
  ),
  streamed("only an end mark", [done], threw({})),
  streamed("only comments and an end mark", [": ping\n\n", ": ping\n\n", done], threw({})),
  streamed(
    "an error as a bare line of JSON",
    [`{"error":{"message":"${words}","code":503}}\n`],
    threw({ message: words, code: "overloaded", retryable: true }),
  ),
  streamed(
    "an error as a bare line of JSON after words",
    [delta({ content: "Hal" }), `{"error":{"message":"${words}"}}\n\n`],
    threw({ message: `/${words}/`, partialText: "Hal" }),
  ),
  streamed(
    "choices[].error in a stream (OpenRouter)",
    [delta({ content: "Hal" }), delta({}, { finish_reason: "error", error: { code: 502, message: words } }), done],
    threw({ message: words, partialText: "Hal" }),
  ),
  answered(
    "choices[].error without a finish reason",
    {
      id: "c1",
      choices: [{ index: 0, message: { content: "" }, finish_reason: null, error: { code: 429, message: words } }],
    },
    threw({ message: words, code: "rate-limit", retryable: true }),
  ),
  answered(
    "an unknown error in a 200 is not tried again",
    { error: { message: words, type: "weird" } },
    threw({ message: words, retryable: false }),
  ),
  answered(
    "an error in a 200 that names a status is as good as that status",
    { error: { message: words, code: 503 } },
    threw({ message: words, code: "overloaded", retryable: true }),
  ),
  answered(
    "`error: null` beside an answer is none",
    { ...completion({ content: "Hi" }), error: null },
    { text: "Hi", finishReason: "stop" },
  ),
  answered(
    "`detail` and `message` beside an answer are none",
    { ...completion({ content: "Hi" }), detail: "x", message: "ok", code: 0 },
    { text: "Hi" },
  ),
  answered(
    "an answer that is empty on purpose is none",
    completion({ role: "assistant", content: "" }, "stop", { usage }),
    { text: "", finishReason: "stop" },
  ),
  streamed("a stream that ends at once with a reason is an answer", [finish("stop"), done], {
    text: "",
    finishReason: "stop",
  }),
];

/** Kind 3: what must go back. */
const kept: Form[] = [
  answered(
    "unknown fields of a call",
    completion(
      { content: null, tool_calls: [{ ...call, extra_content: { google: { thought_signature: "SIG1" } } }] },
      "tool_calls",
    ),
    {
      toolCalls: [{ ...wantedCall, extra: { extra_content: { google: { thought_signature: "SIG1" } } } }],
      messageHas: "/SIG1/",
    },
  ),
  streamed(
    "unknown fields of a call in a later fragment",
    [
      delta({ tool_calls: [{ index: 0, id: "t1", function: { name: "weather", arguments: "" } }] }),
      delta({
        tool_calls: [
          { index: 0, function: { arguments: oslo }, extra_content: { google: { thought_signature: "SIG2" } } },
        ],
      }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall], messageHas: "/SIG2/" },
  ),
  streamed(
    "unknown fields of two calls stay apart",
    [
      delta({ tool_calls: [{ index: 0, ...call, extra_content: { s: "A" } }] }),
      delta({ tool_calls: [{ index: 1, ...call, id: "t2", extra_content: { s: "B" } }] }),
      finish("tool_calls"),
      done,
    ],
    {
      toolCalls: [
        { ...wantedCall, extra: { extra_content: { s: "A" } } },
        { ...wantedCall, id: "t2", extra: { extra_content: { s: "B" } } },
      ],
    },
  ),
  answered(
    "thinking_blocks, one of them redacted (LiteLLM)",
    completion({
      content: "Hi",
      reasoning_content: "Hm",
      thinking_blocks: [
        { type: "thinking", thinking: "Hm", signature: "SIG3" },
        { type: "redacted_thinking", data: "RED4" },
      ],
    }),
    { reasoning: "Hm", messageHas: "/SIG3.*RED4/" },
  ),
  answered(
    "thinking_blocks without a field beside them",
    completion({ content: "Hi", thinking_blocks: [{ type: "thinking", thinking: "Hm", signature: "SIG3" }] }),
    { reasoning: "Hm", text: "Hi", messageHas: "/SIG3/" },
  ),
  answered(
    "parts `reasoning` with a summary (Databricks)",
    completion({
      content: [
        { type: "reasoning", summary: [{ type: "summary_text", text: "Hm", signature: "SIG5" }] },
        { type: "text", text: "Hi" },
      ],
    }),
    { reasoning: "Hm", text: "Hi", messageHas: "/SIG5/" },
  ),
  streamed(
    "parts `reasoning` in pieces (Databricks)",
    [
      delta({ content: [{ type: "reasoning", summary: [{ type: "summary_text", text: "H" }] }] }),
      delta({ content: [{ type: "reasoning", summary: [{ type: "summary_text", text: "m", signature: "SIG6" }] }] }),
      delta({ content: "Hi" }),
      finish(),
      done,
    ],
    { reasoning: "Hm", text: "Hi", messageHas: "/SIG6/" },
  ),
  answered(
    "reasoning_text and reasoning_opaque (Copilot)",
    completion({ content: "Hi", reasoning_text: "Hm", reasoning_opaque: "OPQ7" }),
    { reasoning: "Hm", text: "Hi", messageHas: "/OPQ7/" },
  ),
  streamed(
    "reasoning_text in pieces, reasoning_opaque last (Copilot)",
    [
      delta({ reasoning_text: "H" }),
      delta({ reasoning_text: "m" }),
      delta({ content: "Hi" }),
      delta({ reasoning_opaque: "OPQ8" }),
      finish(),
      done,
    ],
    { reasoning: "Hm", text: "Hi", messageHas: "/OPQ8/" },
  ),
  answered("a refusal", completion({ content: null, refusal: "I cannot help." }), {
    text: "I cannot help.",
    refusal: "I cannot help.",
    finishReason: "content-filter",
    messageHas: '/"refusal":"I cannot help."/',
  }),
  streamed("a refusal in pieces", [delta({ refusal: "I can" }), delta({ refusal: "not." }), finish(), done], {
    text: "I cannot.",
    refusal: "I cannot.",
    finishReason: "content-filter",
  }),
];

/** Kind 4: the end. */
const ends: Form[] = [
  streamed(
    "a reason, then comments for ever",
    [delta({ content: "Hi" }), finish("stop")],
    { text: "Hi", finishReason: "stop", under: 4000 },
    {},
    { hold: true, heartbeat: ": ping\n\n" },
  ),
  streamed(
    "a reason, then silence",
    [delta({ content: "Hi" }), finish("length")],
    { text: "Hi", finishReason: "length", under: 4000 },
    {},
    { hold: true },
  ),
  streamed(
    "reason, usage and end mark on a held connection",
    [delta({ content: "Hi" }), finish("stop", { usage }), done],
    { text: "Hi", usage: { inputTokens: 10 }, under: 500 },
    {},
    { hold: true },
  ),
  streamed(
    "reason and end mark on a held connection, no usage",
    [delta({ content: "Hi" }), finish("stop"), done],
    { text: "Hi", under: 4000 },
    {},
    { hold: true },
  ),
  streamed(
    "a reset after the reason",
    [delta({ content: "Hi" }), finish("stop")],
    { text: "Hi", finishReason: "stop" },
    {},
    { reset: true },
  ),
  streamed(
    "a reset after the reason and half a chunk of usage",
    [delta({ content: "Hi" }), finish("stop"), 'data: {"id":"c1","choi'],
    { text: "Hi", finishReason: "stop" },
    {},
    { reset: true },
  ),
  streamed(
    "a reset before the reason",
    [delta({ content: "Hi" })],
    threw({ partialText: "Hi", code: "network" }),
    {},
    { reset: true },
  ),
  streamed(
    "a close before the reason",
    [delta({ content: "Hi" })],
    threw({ partialText: "Hi", code: "invalid-response" }),
  ),
  streamed("an end mark without a reason", [delta({ content: "Hi" }), done], { text: "Hi", finishReason: "other" }),
  answered("a whole answer without a reason", completion({ content: "Hi" }, null), { text: "Hi" }),
  answered(
    "a whole answer with the reason missing and calls",
    { id: "c1", choices: [{ index: 0, message: { content: null, tool_calls: [call] } }] },
    { toolCalls: [wantedCall], finishReason: "tool-calls" },
  ),
  answered(
    "a whole answer cut off in the middle",
    '{"id":"c1","choices":[{"index":0,"message":{"content":"H',
    threw({ code: "invalid-response" }),
  ),
  streamed("finishReason beside a null reason (Gemini)", [delta({ content: "Hi" }, { finishReason: "stop" })], {
    text: "Hi",
    finishReason: "stop",
  }),
  streamed(
    "finishReason alone, in capitals",
    [{ id: "c1", choices: [{ index: 0, delta: { content: "Hi" }, finishReason: "MAX_TOKENS" }] }, done],
    { finishReason: "length", rawFinishReason: "MAX_TOKENS" },
  ),
];

/** Kind 5: calls under other names and in other places. */
const otherCalls: Form[] = [
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
    "function_call null beside tool_calls",
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
    "a custom call beside a function",
    [
      delta({ tool_calls: [{ index: 0, id: "t1", type: "custom", custom: { name: "sql", input: "select 1" } }] }),
      delta({ tool_calls: [{ index: 1, ...call, id: "t2" }] }),
      finish("tool_calls"),
      done,
    ],
    { toolNames: ["sql", "weather"], uniqueIds: true },
  ),
  answered(
    "each call in a choice of its own, without index (Copilot)",
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
    "of two choices the first is read",
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
    "the first choice named decides, also when it is 1",
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
    "two whole calls that say index 0",
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

/** Kind 8: tags and cumulative text. */
const tags: Form[] = [
  streamed(
    "a tag cut in each place",
    [..."<think>Hm</think>Hi"].map((content) => delta({ content })).concat(finish(), done as never),
    { reasoning: "Hm", text: "Hi" },
    dialect({ reasoningTags: ["think"] }),
  ),
  answered(
    "tags in a whole answer",
    completion({ content: "<think>Hm</think>Hi" }),
    { reasoning: "Hm", text: "Hi" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "what looks like a tag and is none",
    [
      delta({ content: "a < b <th" }),
      delta({ content: "em> c <thinker> </" }),
      delta({ content: "think" }),
      finish(),
      done,
    ],
    { reasoning: "", text: "a < b <them> c <thinker> </think" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "half a tag at the end of the answer is text",
    [delta({ content: "Hi <thi" }), finish(), done],
    { text: "Hi <thi", reasoning: "" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "a tag that is never closed",
    [delta({ content: "<think>Hm" }), delta({ content: "m" }), finish("length"), done],
    { text: "", reasoning: "Hmm", finishReason: "length" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "two names, several blocks",
    [delta({ content: "<think>A</think>x<reasoning>B</reasoning>y" }), finish(), done],
    { reasoning: "AB", text: "xy" },
    dialect({ reasoningTags: ["think", "reasoning"] }),
  ),
  streamed(
    "a closing tag of another name is text inside",
    [delta({ content: "<think>A</reasoning>B</think>y" }), finish(), done],
    { reasoning: "A</reasoning>B", text: "y" },
    dialect({ reasoningTags: ["think", "reasoning"] }),
  ),
  streamed("tags are text where nothing was declared", [delta({ content: "<think>Hm</think>Hi" }), finish(), done], {
    reasoning: "",
    text: "<think>Hm</think>Hi",
  }),
  streamed(
    "tags beside a field",
    [delta({ reasoning_content: "Hm" }), delta({ content: "<think></think>Hi" }), finish(), done],
    { reasoning: "Hm", text: "Hi" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    "tags in text that grows",
    [
      delta({ content: "<thi" }),
      delta({ content: "<think>H" }),
      delta({ content: "<think>Hm</think>" }),
      delta({ content: "<think>Hm</think>Hi" }),
      finish(),
      done,
    ],
    { reasoning: "Hm", text: "Hi" },
    dialect({ reasoningTags: ["think"], text: "cumulative" }),
  ),
  streamed(
    "text that grows, repeated at the end",
    [
      delta({ content: "Hi" }),
      delta({ content: "Hi there" }),
      delta({ content: "Hi there" }, { finish_reason: "stop" }),
      done,
    ],
    { text: "Hi there" },
    dialect({ text: "cumulative" }),
  ),
  streamed(
    "text that grows, an empty delta last",
    [delta({ content: "Hi" }), delta({ content: "" }), delta({ content: "Hi there" }), finish(), done],
    { text: "Hi there" },
    dialect({ text: "cumulative" }),
  ),
  streamed(
    "tags before a call",
    [
      delta({ content: "<think>Hm</think>" }),
      delta({ tool_calls: [{ index: 0, ...call }] }),
      finish("tool_calls"),
      done,
    ],
    { reasoning: "Hm", text: "", toolCalls: [wantedCall] },
    dialect({ reasoningTags: ["think"] }),
  ),
];

/** Kind 9: reasons in other words. */
const reasons: Form[] = [
  ...(
    [
      ["end", "stop"],
      ["STOP", "stop"],
      ["eos", "stop"],
      ["eos_token", "stop"],
      ["stop_sequence", "stop"],
      ["MAX_TOKENS", "length"],
      ["max_output_tokens", "length"],
      ["model_context_window_exceeded", "length"],
      ["tool_calling", "tool-calls"],
      ["tool_use", "tool-calls"],
      ["sensitive", "content-filter"],
      ["SAFETY", "content-filter"],
    ] as const
  ).map(([raw, wanted]) =>
    streamed(`the reason ${raw}`, [delta({ content: "Hi" }), finish(raw), done], {
      text: "Hi",
      finishReason: wanted,
      rawFinishReason: raw,
    }),
  ),
  ...["abort", "aborted", "network_error"].map((raw) =>
    streamed(`the engine's ${raw} is an error`, [delta({ content: "Hi" }), finish(raw), done], {
      finishReason: "error",
      rawFinishReason: raw,
      text: "Hi",
      either: true,
    }),
  ),
  streamed("a word that nobody knows", [delta({ content: "Hi" }), finish("weird"), done], {
    finishReason: "other",
    rawFinishReason: "weird",
  }),
  streamed(
    "a word that the definition knows",
    [delta({ content: "Hi" }), finish("enough"), done],
    { finishReason: "length", rawFinishReason: "enough" },
    dialect({ finishReasons: { enough: "length" } }),
  ),
  streamed(
    "a definition's word goes before the dialect's",
    [delta({ content: "Hi" }), finish("stop"), done],
    { finishReason: "length" },
    dialect({ finishReasons: { stop: "length" } }),
  ),
  streamed("a reason that every object has is unknown", [delta({ content: "Hi" }), finish("constructor"), done], {
    finishReason: "other",
    rawFinishReason: "constructor",
  }),
  streamed(
    "a definition's reason `error` throws nothing by itself",
    [delta({ content: "Hi" }), finish("broken"), done],
    { finishReason: "error", text: "Hi", either: true },
    dialect({ finishReasons: { broken: "error" } }),
  ),
  streamed("stop beside calls", [delta({ tool_calls: [{ index: 0, ...call }] }), finish("stop"), done], {
    toolCalls: [wantedCall],
    finishReason: "tool-calls",
    rawFinishReason: "stop",
  }),
  answered("stop beside calls, whole", completion({ content: null, tool_calls: [call] }, "stop"), {
    finishReason: "tool-calls",
    rawFinishReason: "stop",
  }),
  streamed("length beside calls stays", [delta({ tool_calls: [{ index: 0, ...call }] }), finish("length"), done], {
    finishReason: "length",
  }),
];

const counted = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
/** Kind 10: usage under other names. */
const usages: Form[] = (
  [
    [
      "input_tokens and output_tokens (mlx-vlm, Responses)",
      { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
      counted,
    ],
    ["input_tokens without a total", { input_tokens: 10, output_tokens: 5 }, counted],
    [
      "details under the names of Responses",
      {
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        input_tokens_details: { cached_tokens: 4 },
        output_tokens_details: { reasoning_tokens: 3 },
      },
      { ...counted, cachedInputTokens: 4, reasoningTokens: 3 },
    ],
    [
      "cached tokens at the top (Kimi)",
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cached_tokens: 4 },
      { ...counted, cachedInputTokens: 4 },
    ],
    [
      "cached tokens at the top and in the details (Kimi)",
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        cached_tokens: 4,
        prompt_tokens_details: { cached_tokens: 4 },
      },
      { ...counted, cachedInputTokens: 4 },
    ],
    [
      "prompt_cache_hit_tokens (DeepSeek)",
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        prompt_cache_hit_tokens: 4,
        prompt_cache_miss_tokens: 6,
      },
      { ...counted, cachedInputTokens: 4 },
    ],
    [
      "both families of names, one of them 0",
      { prompt_tokens: 0, completion_tokens: 0, total_tokens: 15, input_tokens: 10, output_tokens: 5 },
      null,
    ],
    ["names that nobody knows", { in: 10, out: 5 }, null],
    ["only a total", { total_tokens: 15 }, null],
  ] as const
).flatMap(([what, wire, wanted]) =>
  // What cannot be told is not told: the wrong value 0 is worse than none. Such a row only checks that nothing is thrown.
  [
    answered(what, completion({ content: "Hi" }, "stop", { usage: wire }), {
      text: "Hi",
      ...(wanted && { usage: wanted }),
      ...(what.includes("nobody") && { usage: null }),
    }),
  ],
);
usages.push(
  streamed(
    "usage in the choice (Kimi)",
    [
      delta({ content: "Hi" }),
      delta(
        {},
        {
          finish_reason: "stop",
          usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cached_tokens: 4 },
        },
      ),
      done,
    ],
    { usage: { ...counted, cachedInputTokens: 4 } },
  ),
  streamed(
    "input_tokens in a chunk of its own",
    [
      delta({ content: "Hi" }),
      finish(),
      { id: "c1", choices: [], usage: { input_tokens: 10, output_tokens: 5 } },
      done,
    ],
    { usage: counted },
  ),
);

/** Kind 11: framing, pairs, images. */
const framing: Form[] = [
  streamed(
    "data that begins with a colon",
    [": x\n\n", "data: : keep-alive\n\n", delta({ content: "Hi" }), "data: :\n\n", finish(), done],
    { text: "Hi", finishReason: "stop" },
  ),
  streamed("data that is a colon without a space", ["data::ping\n\n", delta({ content: "Hi" }), finish(), done], {
    text: "Hi",
  }),
  streamed(
    "a pair cut over three chunks",
    ["Hi \uD83D", "", "\uDE00!"].map((content): object => delta({ content })).concat(finish(), done as never),
    { text: "Hi \u{1F600}!", wellFormedEvents: true },
  ),
  streamed(
    "a pair cut in the reasoning",
    ["\uD83D", "\uDE00"]
      .map((content): object => delta({ reasoning_content: content }))
      .concat(delta({ content: "Hi" }), finish(), done as never),
    { text: "Hi", reasoning: "\u{1F600}" },
  ),
  streamed("half a pair at the end", [delta({ content: "Hi \uD83D" }), finish(), done], {
    text: "/^Hi/",
    wellFormedEvents: true,
  }),
  streamed(
    "half a pair, then a call",
    [delta({ content: "Hi \uD83D" }), delta({ tool_calls: [{ index: 0, ...call }] }), finish("tool_calls"), done],
    { toolCalls: [wantedCall], wellFormedEvents: true },
  ),
  streamed(
    "halves of two pairs",
    ["\uD83D", "\uDE00\uD83D", "\uDE01"].map((content): object => delta({ content })).concat(finish(), done as never),
    { text: "\u{1F600}\u{1F601}", wellFormedEvents: true },
  ),
  answered(
    "images of a whole answer (OpenRouter)",
    completion({
      content: "",
      images: [
        { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
        { type: "image_url", image_url: { url: "https://img.example/1.png" } },
      ],
    }),
    { images: ["data:image/png;base64,AAAA", "https://img.example/1.png"] },
  ),
  streamed(
    "images of a stream",
    [
      delta({ content: "Here", images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }] }),
      delta({ images: [{ type: "image_url", image_url: { url: "data:image/png;base64,BBBB" } }] }),
      finish(),
      done,
    ],
    { text: "Here", images: ["data:image/png;base64,AAAA", "data:image/png;base64,BBBB"] },
  ),
  streamed(
    "images of odd shapes are passed over",
    [delta({ content: "Hi", images: [null, 1, {}, { image_url: null }, { image_url: { url: 7 } }] }), finish(), done],
    { text: "Hi" },
  ),
];

export const answerForms: { readonly [kind: string]: readonly Form[] } = {
  "2, a 200 that is no answer": noAnswer,
  "3, what must go back": kept,
  "4, the end": ends,
  "5, calls in other places": otherCalls,
  "8, tags and text that grows": tags,
  "9, finish reasons": reasons,
  "10, usage": usages,
  "11, framing, pairs, images": framing,
};
