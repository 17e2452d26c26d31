import { chatCompletions, defineProvider, type JsonObject, type Json, type WireContext } from "@llm-provider/core";
import { errors } from "./errors.ts";
import { models } from "./models.ts";

export const fireworks = defineProvider({
  id: "fireworks",
  name: "Fireworks",
  docs: "https://docs.fireworks.ai",
  baseURL: "https://api.fireworks.ai/inference/v1",
  auth: { env: "FIREWORKS_API_KEY", page: "https://app.fireworks.ai/settings/users/api-keys" },
  sources: {
    unknownPath: ["https://github.com/earendil-works/pi/issues/4029", "2026-11-28"],
    parameters: [
      "https://github.com/fw-ai-external/python-sdk/blob/271c18114f964f90376e581afca70b8816829b38/src/fireworks/types/chat/completion_create_params.py",
      "2026-11-22",
    ],
    errors: ["https://docs.fireworks.ai/guides/inference-error-codes", "2026-11-22"],
    limits: ["https://docs.fireworks.ai/serverless/rate-limits", "2026-11-22"],
    prices: ["https://www.npmjs.com/package/@pydantic/genai-prices/v/0.1.8", "2026-11-22"],
    getmaxim: ["https://www.getmaxim.ai/bifrost/model-library/compare/fireworks_ai/deepseek-v4p1-flash", "2026-11-22"],
    litellm: ["https://github.com/BerriAI/litellm/pull/30885", "2026-11-22"],
    extra: ["https://github.com/web-infra-dev/midscene/issues/1322", "2026-11-22"],
    refusals: ["https://github.com/boldsoftware/shelley/issues/242", "2026-11-28"],
    embeddingPrices: [
      "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
      "2026-11-28",
    ],
    embeddings: ["https://theneuralbase.com/fireworks-ai/learn/intermediate/embedding-model-hosting/", "2026-11-28"],
    shapes: [
      "https://github.com/Portkey-AI/gateway/blob/main/src/providers/fireworks-ai/chatComplete.ts",
      "2026-11-22",
    ],
    stream: [
      "https://github.com/llamastack/llama-stack/blob/a6ddbae0ed9b95115f69be817fed3318d1052b37/tests/integration/recordings/responses/25649d730247.json",
      "2026-11-22",
    ],
    reasoning: [
      "https://github.com/vercel/ai/blob/ed857f50f112e23930b0c2dd8d532cc8bebbc911/packages/fireworks/src/fireworks-chat-options.ts",
      "2026-11-22",
    ],
    librechat: ["https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/fireworks", "2026-11-22"],
    responses: ["https://docs.fireworks.ai/guides/response-api", "2026-11-28"],
  },
  dialect: chatCompletions({ reasoning: "reasoning_content", history: "optional", usage: "volunteered" }),
  models,
  smallModel: "accounts/fireworks/models/gpt-oss-20b",
  request: {} as {
    reasoning_effort?: "none" | "low" | "medium" | "high" | boolean | number;
    reasoning_history?: "disabled" | "interleaved" | "preserved";
    thinking?: { type: "enabled" | "disabled"; budget_tokens?: number };
    context_length_exceeded_behavior?: "error" | "truncate";
    prompt_truncate_len?: number;
    perf_metrics_in_response?: boolean;
    service_tier?: "priority";
  },
  parameters: {
    max_tokens: { conflictsWith: ["max_completion_tokens"], source: "parameters" },
    prompt_truncate_length: { renamed: "prompt_truncate_len", source: "litellm" },
    temperature: { range: [0, 2], source: "parameters" },
    min_p: { range: [0, 1], source: "parameters" },
    top_k: { range: [0, 100], source: "parameters" },
    repetition_penalty: { range: [0, 2], source: "parameters" },
    frequency_penalty: { range: [-2, 2], source: "parameters" },
    presence_penalty: { range: [-2, 2], source: "parameters" },
    logprobs: { range: [0, 5], source: "parameters" },
    top_logprobs: { range: [0, 5], source: "parameters" },
    n: { range: [1, 128], source: "parameters" },
    service_tier: { ignored: true, when: { service_tier: ["auto", "default", "flex"] }, source: "parameters" },
    reasoning_effort: [
      { conflictsWith: ["thinking"], source: "litellm" },
      {
        models: /gpt-oss/,
        values: { none: "low", false: "low", true: "medium", minimal: "low", xhigh: "high" },
        source: "parameters",
      },
      { values: { minimal: "low", xhigh: "high" }, source: "reasoning" },
    ],
  },
  unknownParameters: {
    rejected: 400,
    known: `
      model messages stream stream_options temperature top_p top_k min_p typical_p repetition_penalty mirostat_lr
      mirostat_target frequency_penalty presence_penalty logit_bias logprobs top_logprobs max_tokens
      max_completion_tokens n seed stop user metadata tools tool_choice parallel_tool_calls functions function_call
      response_format reasoning_effort reasoning_history thinking prediction speculation prompt_truncate_len
      context_length_exceeded_behavior prompt_cache_key prompt_cache_isolation_key prompt_cache_max_len
      perf_metrics_in_response safe_tokenization service_tier echo echo_last ignore_eos raw_output return_token_ids`
      .trim()
      .split(/\s+/),
    source: "extra",
  },
  refusals: { names: "all", wrongTypes: 400, source: "refusals" },
  embeddings: { maxInputs: 100, source: "embeddings" },
  streaming: { toolCalls: "fragments", usage: "with-finish", source: "stream" },
  quirks: [
    {
      name: "A short model id is completed to accounts/fireworks/models/….",
      source: "litellm",
      request: completeModel,
    },
    { name: "Cached tokens may be reported only in the metrics.", source: "parameters", chunk: readMetrics },
    { name: "The gateway in front of the API wraps its errors in fault.", source: "shapes", error: readFault },
  ],
  errors,
  limits: {
    // In tokens a second, although Fireworks enforces the limit per minute.
    headers: { "x-ratelimit-limit-tokens-prompt": { of: "tokens", is: "limit", unit: "count" } },
  },
  metadata: [
    "perf_metrics",
    "header:fireworks-prompt-tokens",
    "header:fireworks-cached-prompt-tokens",
    "header:fireworks-server-time-to-first-token",
    "header:fireworks-server-processing-time",
    "header:x-ratelimit-limit-tokens-prompt",
    "header:x-ratelimit-limit-tokens-generated",
  ],
  librechat: { name: "Fireworks", responses: "served", source: "librechat" },
});

/** `gpt-oss-20b` → `accounts/fireworks/models/gpt-oss-20b`. An id with a slash or a deployment (`#`) is already complete. */
function completeModel(body: JsonObject): JsonObject {
  const { model } = body;
  if (typeof model !== "string" || /[/#]/.test(model)) return body;
  return { ...body, model: `accounts/fireworks/models/${model}` };
}

/** Turns the gateway's `{ fault: { faultstring, detail: { errorcode } } }` into `{ error: { message, code } }`. */
function readFault(body: Json): Json {
  const fault = (body as JsonObject | null)?.["fault"] as JsonObject | undefined;
  if (!fault) return body;
  const detail = fault["detail"] as JsonObject | undefined;
  return { error: { message: fault["faultstring"], code: detail?.["errorcode"] } };
}

/** Copies the metrics' count of cached tokens (body or header) to the field that the dialect reads, if usage has none. */
function readMetrics(chunk: JsonObject, { headers }: WireContext): JsonObject {
  const usage = chunk["usage"] as JsonObject | null | undefined;
  if (!usage || usage["prompt_tokens_details"]) return chunk;
  const metrics = chunk["perf_metrics"] as JsonObject | null | undefined;
  const count = Number(metrics?.["cached-prompt-tokens"] ?? headers["fireworks-cached-prompt-tokens"] ?? NaN);
  if (!Number.isInteger(count)) return chunk;
  return { ...chunk, usage: { ...usage, prompt_tokens_details: { cached_tokens: count } } };
}
