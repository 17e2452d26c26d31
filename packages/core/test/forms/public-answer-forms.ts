import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, call, dialect, type Form, streamed, threw, wantedCall, words } from "./form.ts";

const gh = "https://github.com/";
const hi = delta({ content: "Hi" });
const said = { text: "Hi", finishReason: "stop" };
const counted = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
const counts = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const emptyChoices = (rest: object): object => ({ id: "c1", model: "acme-2", choices: [], ...rest });

/** A 200 without an answer. */
const noAnswers: Form[] = [
  streamed(
    `error is a text (${gh}fox1245/NeoGraph/issues/124)`,
    [{ error: "STREAM_EXPLODED" }, done],
    threw({ message: "STREAM_EXPLODED", retryable: false }),
  ),
  streamed(`an empty body (${gh}earendil-works/pi/issues/2537)`, [], threw({ code: "invalid-response" })),
  answered(
    `a page of the gateway (${gh}QwenLM/qwen-code/issues/6465)`,
    "<html><head><title>Blocked by policy</title></head></html>",
    threw({ message: "/Blocked by policy/", retryable: false }),
    {},
    { headers: { "content-type": "text/html" } },
  ),
  answered(
    `code that is a word (${gh}XpressAI/xaibo/pull/36)`,
    { code: "rate_limit_daily", message: words },
    threw({ message: words }),
  ),
  streamed(
    `an error after words, no end mark (${gh}open-octo/octo-agent/pull/910)`,
    [hi, { error: { message: words, type: "server_error" } }],
    threw({ message: words, partialText: "Hi" }),
  ),
  streamed(
    `an error beside empty choices (${gh}diegosouzapw/OmniRoute/pull/8210)`,
    [emptyChoices({ error: { code: 502, message: words } })],
    threw({ message: words, retryable: true }),
  ),
  streamed(
    `the same, with a 400 inside (${gh}dcdpr/jp/pull/978)`,
    [emptyChoices({ error: { code: 400, message: "prompt is too long: 1284668 tokens > 1000000 maximum" } })],
    threw({ code: "context-overflow", retryable: false }),
  ),
  streamed(
    `a reason error beside it (${gh}damianvtran/local-operator/pull/223)`,
    [
      hi,
      {
        ...emptyChoices({ error: { code: 503, message: words, metadata: { error_type: "x" } } }),
        choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }],
      },
    ],
    threw({ message: words, partialText: "Hi" }),
  ),
  streamed(
    `{code, message} after words, then the end mark (RAGFlow, ${gh}infiniflow/ragflow/pull/15266)`,
    [hi, { code: 500, message: words, data: null }, done],
    threw({ message: words, partialText: "Hi" }),
  ),
  streamed(
    `{detail} after words, then nothing (FastAPI)`,
    [hi, { detail: words }],
    threw({ message: words, partialText: "Hi" }),
  ),
  streamed(
    `data that is no JSON says the error (${gh}lucasjinreal/Crane/pull/121)`,
    [hi, `data: error: ${words}\n\n`],
    threw({ message: `/${words}/`, partialText: "Hi" }),
  ),
  streamed(
    `an error within an event that was not closed (${gh}Wei-Shaw/sub2api/issues/1471)`,
    [hi, `data: {"id":"c1","choices":[{"ind\ndata: {"type":"error","error":{"message":"${words}"}}\n\n`],
    threw({ message: words, partialText: "Hi" }),
  ),
  answered(
    `status error (${gh}Soulter/hugging-chat-api/issues/258)`,
    { type: "status", status: "error", message: "Model is overloaded" },
    threw({ message: "Model is overloaded" }),
  ),
  answered(
    `a list of texts (${gh}BerriAI/litellm/issues/1242)`,
    [{ error: "Model x is currently loading", estimated_time: 20 }],
    threw({ message: "Model x is currently loading" }),
  ),
];

noAnswers.push(
  answered(
    `an error of empty fields beside an answer is none (${gh}Laisky/one-api)`,
    { ...completion({ content: "Hi" }), error: { message: "", type: "", param: "", code: null } },
    { text: "Hi" },
  ),
  streamed(
    "the same in a stream, and in a choice",
    [{ ...hi, error: {} }, delta({}, { finish_reason: "stop", error: { message: "", code: 0 } }), done],
    said,
  ),
  streamed(
    "code 0 and Success are no error (Spark, https://www.xfyun.cn/doc/spark/)",
    [{ code: 0, message: "Success", ...hi }, { code: 0, message: "Success", sid: "s" }, done],
    { text: "Hi" },
  ),
);

/** Fields that must be sent back. */
const kept: Form[] = [
  answered(
    `extra_content of vertex (${gh}8monkey-ai/hebo-gateway/issues/226)`,
    completion(
      { content: null, tool_calls: [{ ...call, extra_content: { vertex: { thought_signature: "SIG-V" } } }] },
      "tool_calls",
    ),
    { toolCalls: [wantedCall], messageHas: "/SIG-V/" },
  ),
  streamed(
    `extra_content in a last fragment without index and name (${gh}HKUDS/OpenHarness/pull/338)`,
    [
      delta({ tool_calls: [{ index: 0, ...call }] }),
      delta({ tool_calls: [{ extra_content: { google: { thought_signature: "SIG-L" } } }] }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall], messageHas: "/SIG-L/" },
  ),
  streamed(
    `provider_specific_fields of the function (${gh}langbot-app/LangBot/pull/2265)`,
    [
      delta({
        tool_calls: [
          {
            index: 0,
            ...call,
            function: { ...call.function, provider_specific_fields: { thought_signature: "SIG-F" } },
          },
        ],
      }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall], messageHas: "/SIG-F/" },
  ),
  answered(
    `provider_specific_fields of the message (${gh}langbot-app/langbot-plugin-sdk/pull/83)`,
    completion({ content: "Hi", provider_specific_fields: { thought_signatures: ["SIG-M"] } }),
    { text: "Hi", messageHas: "/SIG-M/" },
  ),
  answered(
    `extra_content of the message (${gh}BerriAI/litellm/issues/18570)`,
    completion({ content: "Hi", extra_content: { google: { thought_signature: "SIG-T" } } }),
    { text: "Hi", messageHas: "/SIG-T/" },
  ),
  streamed(
    `extra_content of a delta, after the text`,
    [hi, delta({ content: "", extra_content: { google: { thought_signature: "SIG-D" } } }), finish(), done],
    { text: "Hi", messageHas: "/SIG-D/" },
  ),
  streamed(
    `reasoning_opaque beside the calls (${gh}ericc-ch/copilot-api/pull/152)`,
    [
      delta({ reasoning_text: "Hm" }),
      delta({ content: null, reasoning_opaque: "OPQ-C", tool_calls: [{ index: 0, ...call }] }),
      finish("tool_calls"),
      done,
    ],
    { reasoning: "Hm", toolCalls: [wantedCall], messageHas: "/OPQ-C/" },
  ),
  streamed(
    `reasoning_opaque in the last chunk (${gh}anomalyco/opencode/pull/8900)`,
    [delta({ reasoning_text: "Hm" }), hi, delta({ reasoning_opaque: "OPQ-F" }, { finish_reason: "stop" }), done],
    { reasoning: "Hm", text: "Hi", messageHas: "/OPQ-F/" },
  ),
  answered(
    `reasoning_details encrypted (${gh}earendil-works/pi/pull/260)`,
    completion(
      {
        content: null,
        reasoning_details: [
          { type: "reasoning.encrypted", id: "t1", data: "ENC-1", format: "google-gemini-v1", index: 0 },
        ],
        tool_calls: [call],
      },
      "tool_calls",
    ),
    { toolCalls: [wantedCall], messageHas: "/ENC-1/" },
  ),
  streamed(
    `reasoning_details with a signature at the end (${gh}ZenMux/zenmux-doc/pull/109)`,
    [
      delta({ reasoning: "H", reasoning_details: [{ type: "reasoning.text", text: "H", index: 0 }] }),
      delta({ reasoning: "m", reasoning_details: [{ type: "reasoning.text", text: "m", index: 0 }] }),
      delta({ reasoning_details: [{ type: "reasoning.text", signature: "SIG-Z", index: 0 }] }),
      hi,
      finish(),
      done,
    ],
    { reasoning: "Hm", text: "Hi", messageHas: "/SIG-Z/" },
  ),
  streamed(
    `thinking_blocks inside provider_specific_fields (${gh}BerriAI/litellm/issues/9255)`,
    [
      delta({
        reasoning_content: "Hm",
        provider_specific_fields: { thinking_blocks: [{ type: "thinking", thinking: "Hm", signature: "SIG-P" }] },
      }),
      hi,
      finish(),
      done,
    ],
    { reasoning: "Hm", messageHas: "/SIG-P/" },
  ),
];

/** Ends of answers. */
const ends: Form[] = [
  streamed(`all the words and an end mark, no reason (${gh}anomalyco/opencode/issues/43379)`, [hi, done], {
    text: "Hi",
    finishReason: "other",
  }),
  streamed(
    `severed without reason and end mark (${gh}anomalyco/opencode/issues/44385)`,
    [hi],
    threw({ code: "invalid-response", partialText: "Hi" }),
  ),
  streamed(
    `severed within the arguments (${gh}CommandCodeAI/command-code/issues/785)`,
    [delta({ tool_calls: [{ index: 0, id: "t1", function: { name: "weather", arguments: '{"ci' } }] })],
    threw({ code: "invalid-response" }),
  ),
  streamed(
    `silent in mid-reasoning (${gh}deepseek-ai/DeepSeek-V3/issues/1608)`,
    [delta({ reasoning_content: "Hm" })],
    threw({ code: "timeout", retryable: true }),
    { options: { provider: { idleTimeout: 3000, maxRetries: 0 } } },
    { hold: true },
  ),
  streamed(
    `reason and usage, then held (${gh}maximhq/bifrost/issues/6784)`,
    [hi, finish("stop", { usage: counts })],
    { ...said, usage: counted, under: 4000 },
    {},
    { hold: true, heartbeat: "data: {}\n\n" },
  ),
  streamed(`an end mark without its field`, [hi, finish(), "[DONE]\n\n"], said),
  streamed(`the last line has no end`, [hi, finish(), "data: [DONE]"], said),
  streamed(
    `the reason and nothing after it on its line`,
    [hi, 'data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'],
    said,
  ),
  streamed(
    `lines without blank ones, held`,
    [`data: ${JSON.stringify(hi)}\ndata: ${JSON.stringify(finish())}\ndata: [DONE]\n`],
    { ...said, under: 4000 },
    {},
    { hold: true },
  ),
  streamed(
    `the reason's line without a blank one, held`,
    [hi, `data: ${JSON.stringify(finish())}\n`],
    { ...said, under: 4000 },
    { options: { provider: { idleTimeout: 3000, maxRetries: 0 } } },
    { hold: true },
  ),
  answered(
    `a whole answer with finish_reason empty (${gh}sgl-project/sglang/issues/3912)`,
    completion({ content: "Hi" }, ""),
    { text: "Hi" },
  ),
  streamed(
    `finish_reason empty in each chunk (${gh}ollama/ollama/issues/4357)`,
    [delta({ content: "Hi" }, { finish_reason: "" }), finish(), done],
    said,
  ),
];

/** Thinking tags and cumulative text. */
const tagged: Form[] = [
  streamed(
    `a tag of another name (${gh}LibreChat-AI/agents/pull/40)`,
    ["<", "thinking", ">", " Hm.", " </", "thinking>", "Hi"]
      .map((content): object => delta({ content }))
      .concat(finish(), done as never),
    { text: "Hi", reasoning: " Hm. " },
    dialect({ reasoningTags: ["think", "thinking"] }),
  ),
  streamed(
    `a tag after words (${gh}bytedance/deer-flow/pull/3218)`,
    [delta({ content: "Well <thi" }), delta({ content: "nk>Hm</think>Hi" }), finish(), done],
    { text: "Well Hi", reasoning: "Hm" },
    dialect({ reasoningTags: ["think"] }),
  ),
  streamed(
    `both tags and the answer in one chunk (${gh}BerriAI/litellm/pull/14121)`,
    [delta({ content: "<think>Hm</think>Hi" }), finish(), done],
    { text: "Hi", reasoning: "Hm" },
    dialect({ reasoningTags: ["think"] }),
  ),
  answered(`reasoning in \`thinking\` (${gh}aula-id/koma/pull/45)`, completion({ content: "Hi", thinking: "Hm" }), {
    text: "Hi",
    reasoning: "Hm",
  }),
  streamed(
    `reasoning in \`reasoning\` (${gh}dirac-run/dirac/pull/227)`,
    [delta({ content: "", reasoning: "H" }), delta({ content: "", reasoning: "m" }), hi, finish(), done],
    { text: "Hi", reasoning: "Hm" },
  ),
  streamed(
    `the same reasoning in two fields (${gh}langgenius/dify-plugin-sdks/pull/295)`,
    [delta({ reasoning: "Hm", reasoning_content: "Hm" }), hi, finish(), done],
    { text: "Hi", reasoning: "Hm" },
  ),
  streamed(
    `reasoning_content null, reasoning full`,
    [delta({ reasoning: "Hm", reasoning_content: null }), hi, finish(), done],
    { text: "Hi", reasoning: "Hm" },
  ),
  streamed(
    `text that grows beside reasoning that grows`,
    [
      delta({ reasoning_content: "H" }),
      delta({ reasoning_content: "Hm", content: "H" }),
      delta({ reasoning_content: "Hm", content: "Hi" }),
      finish(),
      done,
    ],
    { text: "Hi", reasoning: "Hm" },
    dialect({ text: "cumulative" }),
  ),
];

/** Finish reasons. */
const reasons: Form[] = (
  [
    [`${gh}anomalyco/opencode/issues/44376`, "network_error", "error"],
    [`${gh}NousResearch/hermes-agent/pull/92161`, "network-error", "error"],
    [`${gh}theopenco/llmgateway/pull/3492`, "end_turn", "stop"],
    [`${gh}theopenco/llmgateway/pull/3492`, "upstream_error", "error"],
    [`${gh}anomalyco/opencode/issues/44092`, "sensitive", "content-filter"],
    ["https://docs.cohere.com/v2/reference/chat", "COMPLETE", "stop"],
    ["https://docs.cohere.com/v2/reference/chat", "TOOL_CALL", "tool-calls"],
    ["https://docs.cohere.com/v1/reference/chat", "ERROR_TOXIC", "content-filter"],
    ["https://ai.google.dev/api/generate-content#FinishReason", "UNEXPECTED_TOOL_CALL", "error"],
    [
      "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html",
      "malformed_tool_use",
      "error",
    ],
    ["https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html", "maxTokens", "length"],
    ["https://cloud.ibm.com/apidocs/watsonx-ai", "time_limit", "length"],
    ["https://api-docs.deepseek.com/api/create-chat-completion", "insufficient_system_resource", "error"],
    ["https://ai-sdk.dev gateways", "tool-calls", "tool-calls"],
    ["https://ai-sdk.dev gateways", "content-filter", "content-filter"],
    ["https://huggingface.co/docs/text-generation-inference", "eos_token", "stop"],
  ] as const
).map(([source, raw, wanted]) =>
  streamed(`the reason ${raw} (${source})`, [hi, finish(raw), done], {
    text: "Hi",
    finishReason: wanted,
    rawFinishReason: raw,
  }),
);

/** Usage. */
const usages: Form[] = (
  [
    [
      `${gh}BerriAI/litellm (Databricks, langchain-litellm/pull/53)`,
      { ...counts, cache_read_input_tokens: 4, cache_creation_input_tokens: 0 },
      { ...counted, cachedInputTokens: 4 },
    ],
    [
      `${gh}rashidrazak/opencode-cmd-provider/issues/147`,
      { ...counts, prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 6 },
      { ...counted, cachedInputTokens: 4 },
    ],
    [`${gh}jundot/omlx/issues/919`, { ...counts, cached_tokens: null }, counted],
    [
      `${gh}mindroom-ai/mindroom/pull/2134`,
      { ...counts, prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 } },
      { ...counted, cachedInputTokens: 4 },
    ],
    [
      "details that are null (vLLM)",
      { ...counts, prompt_tokens_details: null, completion_tokens_details: null },
      counted,
    ],
  ] as const
).map(([source, wire, wanted]) =>
  answered(`usage ${JSON.stringify(wire)} (${source})`, completion({ content: "Hi" }, "stop", { usage: wire }), {
    text: "Hi",
    usage: wanted,
  }),
);
const zeros = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
usages.push(
  streamed(
    `zeros first (${gh}router-for-me/CLIProxyAPI/issues/4053)`,
    [{ ...hi, usage: zeros }, finish("stop", { usage: counts }), done],
    { usage: counted },
  ),
  streamed(`zeros last`, [hi, finish("stop", { usage: counts }), emptyChoices({ usage: zeros }), done], {
    usage: counted,
  }),
  streamed(
    `usage beside the reason in a delta with a role (${gh}odysseus-dev/odysseus/pull/1703)`,
    [
      hi,
      {
        id: "c1",
        choices: [{ index: 0, delta: { role: "assistant", content: null }, finish_reason: "stop" }],
        usage: counts,
      },
      done,
    ],
    { usage: counted },
  ),
  streamed(
    `usage null in each chunk (${gh}router-for-me/CLIProxyAPI/pull/3221)`,
    [{ ...hi, usage: null }, finish("stop", { usage: counts }), done],
    { usage: counted },
  ),
);

/** Framing, surrogate pairs and images. */
const framings: Form[] = [
  streamed(
    `data within data (${gh}openclaw/openclaw/issues/96497)`,
    [`data: data: ${JSON.stringify(hi)}\n\n`, `data: data: ${JSON.stringify(finish())}\n\n`, "data: data: [DONE]\n\n"],
    said,
  ),
  streamed(
    `a ping with empty text in quotes (${gh}caozhiyuan/copilot-api/pull/88)`,
    ['event: ping\ndata: ""\n\n', hi, finish(), done],
    said,
  ),
  streamed(
    `a ping as JSON (${gh}Wei-Shaw/sub2api/pull/7097)`,
    ['event: ping\ndata: {"type":"ping"}\n\n', hi, 'event: ping\ndata: {"type": "ping"}\n\n', finish(), done],
    said,
  ),
  streamed(`a ping whose data are a word`, ["event: ping\ndata: ping\n\n", hi, finish(), done], said),
  streamed(
    `a heartbeat that is a time (${gh}missuo/FreeGPT35/pull/29)`,
    [hi, "event: heartbeat\ndata: 2026-04-07 20:20:50.554328\n\n", finish(), done],
    said,
  ),
  streamed(
    `retry and id alone (${gh}openai/openai-python/pull/2721)`,
    ["retry: 3000\n\n", "id: 1\n\n", hi, finish(), done],
    said,
  ),
  streamed(
    `data with nothing behind it (${gh}Growth-Circle/cadis/issues/2329)`,
    ["data:\n\n", "data: \n\n", hi, "data\n\n", finish(), done],
    said,
  ),
  streamed(
    `no space after the colon (${gh}nullclaw/nullclaw/pull/509)`,
    [`data:${JSON.stringify(hi)}\n\n`, `data:${JSON.stringify(finish())}\n\n`, "data:[DONE]\n\n"],
    said,
  ),
  streamed(
    `keep-alive as data (${gh}anomalyco/opencode/issues/50871)`,
    ["data: : keepalive\n\n", hi, "data: : keepalive\n\n", finish(), done],
    said,
  ),
  streamed(
    `CRLF, a BOM, ids and events`,
    [
      `\uFEFFid: 1\r\nevent: message\r\ndata: ${JSON.stringify(hi)}\r\n\r\n`,
      `id: 2\r\nevent: message\r\ndata: ${JSON.stringify(finish())}\r\n\r\n`,
      "data: [DONE]\r\n\r\n",
    ],
    said,
  ),
  streamed(`CR alone`, [`data: ${JSON.stringify(hi)}\r\rdata: ${JSON.stringify(finish())}\r\rdata: [DONE]\r\r`], said),
  streamed(
    `pretty JSON over several data lines`,
    [
      JSON.stringify(hi, null, 1)
        .split("\n")
        .map((line) => `data: ${line}\n`)
        .join("") + "\n",
      finish(),
      done,
    ],
    said,
  ),
  streamed(
    `an empty chunk to keep alive (${gh}diegosouzapw/OmniRoute/pull/7136)`,
    [
      { id: "", object: "chat.completion.chunk", choices: [{ index: 0, delta: {}, finish_reason: null }] },
      hi,
      finish(),
      done,
    ],
    said,
  ),
  streamed(
    `Azure's filter chunks, without delta (${gh}microsoft/autogen/issues/6465)`,
    [
      { id: "", model: "", choices: [], prompt_filter_results: [{ prompt_index: 0 }] },
      hi,
      finish(),
      {
        id: "",
        choices: [{ finish_reason: null, index: 0, content_filter_offsets: { check_offset: 1 } }],
        model: "",
        object: "",
      },
      done,
    ],
    said,
  ),
  streamed(
    `a delta that is null (${gh}bagofwords1/bagofwords/pull/742)`,
    [{ id: "c1", choices: [{ index: 0, delta: null, finish_reason: null }] }, hi, finish(), done],
    said,
  ),
  streamed(
    `delta and message in one choice (${gh}BerriAI/litellm/issues/1081)`,
    [
      {
        id: "c1",
        choices: [
          { index: 0, delta: { content: "Hi" }, message: { content: null, role: "assistant" }, finish_reason: null },
        ],
      },
      finish(),
      done,
    ],
    said,
  ),
  streamed(`the id and the model come late`, [{ id: "", model: "acme-2", choices: [] }, hi, finish(), done], {
    ...said,
    anywhere: '/"result"|"id":"c1"/',
  }),
];

/** Answers from public threads by kind, rewritten for these tests. Each names its thread or the vendor's page. */
export const publicAnswerForms = { noAnswers, kept, ends, tagged, reasons, usages, framings };
