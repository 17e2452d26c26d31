import type {
  InspectedAttempt,
  InspectedRequest,
  InspectorHealth,
  InspectorRow,
  Timeline,
} from "../../src/inspector/inspected-request.ts";

/*
 * Requests as the inspector shows them, for pictures and for situations that no twin can produce. They are the same in each run.
 */

const began = Date.UTC(2026, 10, 28, 14, 3, 7);
const fast = "groq:openai/gpt-oss-120b";
const wide = "fireworks:accounts/fireworks/models/kimi-k2-instruct";
const small = "mistral:mistral-small-latest";
const reasoner = "deepseek:deepseek-reasoner";

/** Repeatable noise between 0 and 1. */
function noise(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return state / 2 ** 32;
  };
}

/** The rows of a busy minute, the newest last. The last two still run. */
export function sampleRows(count = 60): InspectorRow[] {
  return Array.from({ length: count }, (_, index) => sampleRow(index, count - index <= 2));
}

/** The row of one request. */
export function sampleRow(index: number, isRunning = false): InspectorRow {
  const random = noise(index + 11);
  const [model, target] = (
    [
      ["fast", fast],
      ["fast", fast],
      ["smart", reasoner],
      ["fast", fast],
      ["cheap", small],
      ["smart", wide],
    ] as const
  )[index % 6]!;
  const fellBack = index % 11 === 4;
  const isRefused = index % 17 === 9;
  const isCached = index % 13 === 6;
  const first = Math.round(120 + random() * 600 + (model === "smart" ? 900 : 0));
  const total = first + Math.round(400 + random() * 5200);
  const input = Math.round(80 + random() * 6000);
  const output = Math.round(30 + random() * 900);
  const refusal = {
    target,
    at: 2,
    ms: 180,
    status: 429,
    code: "rate-limit" as const,
    message: "Rate limit reached for model in organization on tokens per minute (TPM): Limit 8000, Used 7410.",
    retryAfter: 21_000,
    isSent: true,
  };
  const answered = { target: fellBack ? wide : target, at: fellBack ? 190 : 2, ms: first, isSent: true, status: 200 };
  const attempts = isRefused ? [refusal] : fellBack ? [refusal, answered] : [answered];
  const row = {
    id: `req_${(index + 4096).toString(16)}`,
    time: new Date(began + index * 1370 + Math.round(random() * 700)).toISOString(),
    client: ["librechat", "editor", "nightly-eval"][index % 3]!,
    path: "/v1/chat/completions",
    model,
    isStream: index % 6 !== 4,
    target: answered.target,
    attempts,
    changes: index % 4 === 1 ? 2 : index % 7 === 3 ? 1 : 0,
  };
  if (isRunning) return { ...row, attempts: [{ ...answered, ms: first }], firstContent: first };
  if (isRefused)
    return {
      ...row,
      status: 429,
      total: 186,
      error: { code: "rate-limit", message: refusal.message, hint: "Wait 21 s, or add a second target to `fast`." },
    };
  return {
    ...row,
    status: 200,
    firstContent: answered.at + first,
    total: answered.at + total,
    tokensPerSecond: (output / (total - first)) * 1000,
    usage: {
      inputTokens: input,
      outputTokens: output,
      totalTokens: input + output,
      ...(isCached && { cachedInputTokens: Math.round(input * 0.7) }),
      ...(model === "smart" && { reasoningTokens: Math.round(output * 0.6) }),
    },
    cost: (input * 0.15 + output * 0.6) / 1e6,
    ...(index % 9 === 2 && { isEstimated: true }),
    ...(isCached && { cache: "hit" as const }),
    finishReason: index % 8 === 5 ? "tool-calls" : "stop",
  };
}

/** A stream of about two seconds: reasoning, a pause, then an answer and a tool call. */
export function sampleTimeline(): Timeline {
  const random = noise(5);
  const ticks: Timeline["ticks"][number][] = [];
  for (let at = 312; at < 2380; at += 9 + Math.round(random() * 24)) {
    if (at > 1180 && at < 1560) at = 1560;
    const kind = at < 900 ? "reasoning" : at > 2150 ? "tool" : "text";
    ticks.push({ at, bytes: Math.round(180 + random() * 90), kind });
  }
  ticks.unshift({ at: 248, bytes: 214, kind: "other" });
  const rate = Array.from({ length: 12 }, (_, index) => {
    const [from, to] = [index * 200, (index + 1) * 200];
    const inside = ticks.filter((tick) => tick.at >= from && tick.at < to && tick.kind !== "other").length;
    return { from, to, perSecond: inside * 5 * 1.6 };
  });
  const before = ticks.findLast(({ at }) => at < 1200)!.at;
  return { ticks, firstContent: 312, longestGap: { from: before, to: 1560 }, end: 2400, rate, isEstimated: false };
}

const explanation: NonNullable<InspectedAttempt["explanation"]> = {
  code: "rate-limit",
  cause: "The organization used its tokens of this minute at this endpoint. The request itself is fine.",
  evidence: [
    {
      text: "Status 429 with `retry-after: 21` is a limit that passes; an exhausted quota has no such header.",
      source: "https://console.groq.com/docs/rate-limits",
    },
  ],
  fix: [
    "Wait 21 seconds: the next window has 8,000 tokens.",
    "Add a second target to the model `fast`: the gateway goes to it before the first word.",
  ],
  librechat: "titleModel: current_model # one request fewer a conversation",
};

const sent = {
  model: "fast",
  messages: [
    { role: "system", content: "You plan trips by train. Use the tool for times; do not guess." },
    { role: "user", content: "From Utrecht to Copenhagen next Friday, arriving before six?" },
  ],
  temperature: 0.2,
  logprobs: true,
  max_tokens: 4000,
  tools: [
    {
      type: "function",
      function: {
        name: "find_trains",
        parameters: {
          type: "object",
          properties: { from: { type: "string" }, to: { type: "string" }, arriveBefore: { type: "string" } },
          required: ["from", "to"],
        },
      },
    },
  ],
  stream: true,
};

/** A request that fell back from a rate-limited target to one that answers with reasoning, text and a tool call. */
export function sampleRequest(id = "req_1003"): InspectedRequest {
  const wire = {
    ...sent,
    model: "accounts/fireworks/models/kimi-k2-instruct",
    max_tokens: undefined,
    logprobs: undefined,
  };
  const body = { ...wire, max_completion_tokens: 4000, stream_options: { include_usage: true } };
  const base = sampleRow(4);
  const refusal = base.attempts[0]!;
  const curl = `curl https://api.fireworks.ai/inference/v1/chat/completions \\
  -H "Authorization: Bearer $FIREWORKS_API_KEY" \\
  -H 'content-type: application/json' \\
  -d '${JSON.stringify(body)}'`;
  const changes: InspectedAttempt["changes"] = [
    {
      parameter: "model",
      action: "set",
      from: '"fast"',
      to: '"accounts/fireworks/models/kimi-k2-instruct"',
      reason: "The caller names a public model of the gateway. The target gets its own name for the model.",
      source: "https://github.com/llm-provider/llm-provider/blob/main/packages/gateway/README.md",
    },
    {
      parameter: "logprobs",
      action: "dropped",
      from: "true",
      reason: "This endpoint takes a number here and refuses a boolean.",
      source: "https://docs.fireworks.ai/api-reference/post-chatcompletions",
    },
    {
      parameter: "max_tokens",
      action: "renamed",
      to: '"max_completion_tokens"',
      reason: "The old name truncates the prompt here instead of refusing.",
      source: "https://docs.fireworks.ai/api-reference/post-chatcompletions",
    },
    {
      parameter: "stream_options",
      action: "set",
      to: '{"include_usage":true}',
      reason: "Without it a stream has no usage, and a budget nothing to count.",
      source: "https://docs.fireworks.ai/api-reference/post-chatcompletions",
    },
  ];
  const notes: InspectedAttempt["notes"] = [
    {
      field: "temperature",
      sentence: "From 0 to 2; the model card asks for 0.6, and 0 is taken as greedy decoding.",
      page: "https://docs.fireworks.ai/api-reference/post-chatcompletions",
    },
    {
      field: "tools",
      sentence: "At most 128 tools. Descriptions count as input tokens.",
      page: "https://docs.fireworks.ai/guides/function-calling",
    },
  ];
  return {
    version: 1,
    row: {
      ...base,
      id,
      model: "fast",
      target: wide,
      status: 200,
      attempts: [
        { ...refusal, target: fast },
        { target: wide, at: 190, ms: 312, status: 200, isSent: true },
      ],
      firstContent: 502,
      total: 2590,
      tokensPerSecond: 148.3,
      usage: { inputTokens: 412, outputTokens: 309, totalTokens: 721, cachedInputTokens: 256, reasoningTokens: 121 },
      cost: 0.0010197,
      finishReason: "tool-calls",
      changes: changes.length,
      isStream: true,
    },
    sent: bodyOf(sent),
    attempts: [
      {
        ...refusal,
        target: fast,
        wait: 0,
        provider: "Groq",
        url: "https://api.groq.com/openai/v1/chat/completions",
        headers: { authorization: "Bearer $GROQ_API_KEY", "content-type": "application/json" },
        wire: bodyOf({ ...sent, model: "openai/gpt-oss-120b", logprobs: undefined }),
        difference: differenceOf(sent, { ...sent, model: "openai/gpt-oss-120b", logprobs: undefined }, (line) =>
          line.includes("logprobs") ? { change: 0 } : {},
        ),
        changes: [
          {
            parameter: "logprobs",
            action: "dropped",
            from: "true",
            reason: "This endpoint answers 400 to it.",
            source: "https://console.groq.com/docs/openai",
          },
        ],
        notes: [],
        curl: curl.replaceAll("fireworks", "groq"),
        hint: "Wait 21 s, or add a second target to `fast`.",
        response: {
          status: 429,
          headers: { "content-type": "application/json", "retry-after": "21", "x-ratelimit-remaining-tokens": "590" },
          body: bodyOf({ error: { message: refusal.message, type: "tokens", code: "rate_limit_exceeded" } }),
        },
        explanation,
      },
      {
        target: wide,
        at: 190,
        ms: 312,
        status: 200,
        isSent: true,
        wait: 8,
        provider: "Fireworks AI",
        url: "https://api.fireworks.ai/inference/v1/chat/completions",
        headers: { authorization: "Bearer $FIREWORKS_API_KEY", "content-type": "application/json" },
        wire: bodyOf(body),
        difference: differenceOf(sent, body, (line) => ({
          ...(line.startsWith('  "model"') && { change: 0 }),
          ...(line.includes('"logprobs"') && { change: 1 }),
          ...(/"max_(completion_)?tokens"/.test(line) && { change: 2 }),
          ...(/"(stream_options|include_usage)"/.test(line) && { change: 3 }),
          ...(line.startsWith('  "temperature"') && { note: 0 }),
          ...(line.startsWith('  "tools"') && { note: 1 }),
        })),
        changes,
        notes,
        curl,
        response: {
          status: 200,
          headers: { "content-type": "text/event-stream", "x-request-id": "b1946ac9-2f01" },
          body: {
            text: 'data: {"choices":[{"index":0,"delta":{"role":"assistant"}}]}\n\ndata: {"choices":[{"index":0,"delta":{"reasoning_content":"Friday is"}}]}\n\ndata: [DONE]\n',
            isJson: false,
            bytes: 22_418,
            isCut: false,
          },
        },
        timeline: sampleTimeline(),
      },
    ],
    answer: {
      reasoning:
        "Friday is 4 December. The night train arrives at 08:40, but asks for a change in Hamburg. I need the times before I promise anything.",
      text: "Let me look up the connections for Friday 4 December.\n\nFrom Utrecht there are two sensible routes: by day over Osnabrück and Hamburg (about 11 hours), or by night with one change. I will ask for arrivals before 18:00.",
      toolCalls: [
        {
          id: "call_9f2c",
          name: "find_trains",
          arguments: '{"from":"Utrecht Centraal","to":"København H","arriveBefore":"2026-12-04T18:00"}',
          parsed: { from: "Utrecht Centraal", to: "København H", arriveBefore: "2026-12-04T18:00" },
        },
      ],
      finishReason: "tool-calls",
      isCut: false,
    },
    price: { input: 0.6, output: 2.5, cached: 0.15, source: "https://fireworks.ai/pricing" },
    targets: [fast, small, reasoner],
  };
}

/** A request that every target refused. */
export function sampleRefusal(id = "req_1009"): InspectedRequest {
  const whole = sampleRequest(id);
  const attempts = whole.attempts.slice(0, 1);
  const { target, message = "", hint } = attempts[0]!;
  const row: InspectorRow = {
    ...sampleRow(9),
    id,
    model: "fast",
    target: target,
    status: 429,
    attempts: whole.row.attempts.slice(0, 1),
    error: { code: "rate-limit", message, hint },
    changes: 1,
  };
  return { version: 1, row, sent: whole.sent, attempts, price: whole.price, targets: whole.targets };
}

/** The row of a simple answer. */
export function sampleDetail(row: InspectorRow): InspectedRequest {
  const whole = sampleRequest(row.id);
  return row.error
    ? { ...sampleRefusal(row.id), row }
    : { ...whole, row, attempts: whole.attempts.slice(-row.attempts.length) };
}

export const sampleHealth: InspectorHealth = {
  targets: [
    {
      model: "fast",
      target: fast,
      state: "cooling",
      cooldownLeft: 14_200,
      message: "429 rate-limit, asked to wait 21 s",
      latencies: wave(182, 3),
    },
    { model: "fast", target: wide, state: "up", latencies: wave(340, 7) },
    { model: "smart", target: reasoner, state: "up", latencies: wave(1240, 12) },
    {
      model: "cheap",
      target: small,
      state: "open",
      cooldownLeft: 48_000,
      message: "5 of the last 6 requests failed: 503 overloaded",
      latencies: wave(260, 17),
    },
    { model: "cheap", target: "ollama:qwen3:4b", state: "out", message: "OLLAMA_HOST is not set", latencies: [] },
  ],
  clients: [
    {
      client: "librechat",
      limits: [
        { name: "usd per day", used: 3.1824, left: 1.8176, most: 5 },
        { name: "requests per minute", used: 41, left: 19, most: 60 },
      ],
    },
    { client: "nightly-eval", limits: [{ name: "tokens per day", used: 1_912_400, left: 87_600, most: 2_000_000 }] },
    { client: "editor", limits: [] },
  ],
};

function wave(middle: number, seed: number): number[] {
  const random = noise(seed);
  return Array.from({ length: 40 }, (_, index) =>
    Math.round(middle * (0.8 + random() * 0.5 + (index % 17 === 11 ? 1 : 0))),
  );
}

function bodyOf(value: object): InspectedRequest["sent"] {
  const text = JSON.stringify(value, null, 2);
  return { text, isJson: true, bytes: JSON.stringify(value).length, isCut: false };
}

/** A simple difference for these bodies: the lines that only one of the two has. */
function differenceOf(
  before: object,
  after: object,
  mark: (line: string) => { change?: number; note?: number },
): InspectedAttempt["difference"] {
  const [old, fresh] = [before, after].map((value) => JSON.stringify(value, null, 2).split("\n")) as [
    string[],
    string[],
  ];
  const lines: InspectedAttempt["difference"][number][] = [];
  let at = 0;
  for (const text of old) {
    const found = fresh.indexOf(text, at);
    const near = found >= 0 && found - at < 12;
    if (!near) {
      lines.push({ kind: "removed", text, ...mark(text) });
      continue;
    }
    while (at < found) lines.push({ kind: "added", text: fresh[at]!, ...mark(fresh[at++]!) });
    lines.push({ kind: "same", text, ...mark(text) });
    at++;
  }
  while (at < fresh.length) lines.push({ kind: "added", text: fresh[at]!, ...mark(fresh[at++]!) });
  return lines;
}
