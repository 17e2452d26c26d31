import { chatCompletions, defineProvider } from "@llm-provider/core";
import { errors } from "./errors.ts";
import { models } from "./models.ts";

const vercel = "https://github.com/vercel/ai/blob/ed857f50f112e23930b0c2dd8d532cc8bebbc911/packages/openai/src";

/** Models that reason: the o-series, and gpt-5 and later except the chat variants. */
const reasoning = /^(o\d|gpt-([5-9]|\d\d)(?!.*chat))/;
/** Models that always reason. */
const alwaysReasoning = /^(o\d|gpt-5(?!\.)(?!.*chat)|gpt-6-astra)/;
/** Later models can turn reasoning off, and then accept sampling parameters. */
const optional = /^gpt-(5\.|6(?!-astra)|[7-9]|\d\d)(?!.*chat)/;
const told = { reasoning_effort: ["minimal", "low", "medium", "high", "xhigh", "max"] } as const;
/** These models accept tools in Chat Completions only without reasoning, and they reason by default. */
const toolsWithoutReasoning = /^gpt-(5\.6|6(?!-astra))(?!.*chat)/;

export const openai = defineProvider({
  id: "openai",
  name: "OpenAI",
  docs: "https://platform.openai.com/docs",
  baseURL: "https://api.openai.com/v1",
  auth: { env: "OPENAI_API_KEY", page: "https://platform.openai.com/api-keys" },
  sources: {
    sdk: ["https://www.npmjs.com/package/openai/v/6.49.0", "2026-11-22"],
    errors: ["https://platform.openai.com/docs/guides/error-codes", "2026-11-22"],
    prices: ["https://www.npmjs.com/package/@pydantic/genai-prices/v/0.1.8", "2026-11-22"],
    capabilities: [`${vercel}/openai-language-model-capabilities.ts`, "2026-11-22"],
    chat: [`${vercel}/chat/openai-chat-language-model.ts`, "2026-11-22"],
    streamError: [`${vercel}/openai-stream-error.ts`, "2026-11-22"],
    unsupported: [`${vercel}/chat/__fixtures__/reasoning-model-legacy-parameter-error.json`, "2026-11-22"],
    stream: [`${vercel}/chat/__fixtures__/openai-text.chunks.txt`, "2026-11-22"],
    effort: ["https://github.com/pipecat-ai/pipecat/issues/4043", "2026-11-28"],
    effortNone: ["https://github.com/BerriAI/litellm/pull/34569", "2026-11-28"],
    astra: ["https://github.com/bolna-ai/bolna/pull/1019", "2026-11-28"],
    alias: ["https://vercel.com/ai-gateway/models/openai/gpt-5.6-sol.md", "2026-11-28"],
    unknownPath: ["https://github.com/harry0703/MoneyPrinterTurbo/issues/57", "2026-11-28"],
    types: ["https://github.com/diffbot/code-gpt-docs/issues/273", "2026-11-28"],
    embeddings: ["https://platform.openai.com/docs/api-reference/embeddings/create", "2026-11-28"],
    librechat: ["https://www.librechat.ai/docs/configuration/pre_configured_ai/openai", "2026-11-22"],
    responses: ["https://platform.openai.com/docs/api-reference/responses", "2026-11-28"],
  },
  dialect: {
    ...chatCompletions({ history: "omit", usage: "asked" }),
    // Chat Completions counts reasoning tokens but never sends the reasoning text.
    server: async () => ({ wire: { hidesReasoning: true } }),
  },
  models,
  smallModel: "gpt-4.1-nano",
  request: {} as {
    reasoning_effort?: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";
    verbosity?: "low" | "medium" | "high";
    prompt_cache_key?: string;
    prompt_cache_retention?: "in_memory" | "24h";
    safety_identifier?: string;
    service_tier?: "auto" | "default" | "flex" | "scale" | "priority";
  },
  parameters: {
    max_tokens: { renamed: "max_completion_tokens", models: reasoning, source: "unsupported" },
    temperature: [
      // Only the default, 1, is accepted.
      { range: [1, 1], models: alwaysReasoning, source: "capabilities" },
      { range: [1, 1], models: optional, when: told, source: "capabilities" },
      { rejected: 400, models: /search-preview/, source: "chat" },
      { range: [0, 2], source: "sdk" },
    ],
    top_p: [
      { rejected: 400, models: alwaysReasoning, source: "capabilities" },
      { rejected: 400, models: optional, when: told, source: "capabilities" },
    ],
    logprobs: [
      { rejected: 400, models: alwaysReasoning, when: { logprobs: true }, source: "capabilities" },
      { rejected: 400, models: optional, when: { ...told, logprobs: true }, source: "capabilities" },
    ],
    top_logprobs: [
      { rejected: 400, models: alwaysReasoning, source: "capabilities" },
      { rejected: 400, models: optional, when: told, source: "capabilities" },
      { range: [0, 20], source: "sdk" },
    ],
    presence_penalty: [
      { rejected: 400, models: reasoning, source: "capabilities" },
      { range: [-2, 2], source: "sdk" },
    ],
    frequency_penalty: [
      { rejected: 400, models: reasoning, source: "capabilities" },
      { range: [-2, 2], source: "sdk" },
    ],
    logit_bias: { rejected: 400, models: reasoning, source: "capabilities" },
    tools: { rejected: 400, models: /^gpt-6-astra/, source: "astra" },
    reasoning_effort: [
      { conflictsWith: ["tools"], models: /^gpt-5\.[45](?!.*chat)/, when: told, source: "effort" },
      { set: "none", models: toolsWithoutReasoning, when: { tools: { present: true } }, source: "effortNone" },
      { values: { none: "low", minimal: "low" }, models: /^gpt-6-astra/, source: "astra" },
    ],
  },
  unknownParameters: {
    rejected: 400,
    known: `
      model messages stream stream_options audio frequency_penalty function_call functions logit_bias logprobs
      max_completion_tokens max_tokens metadata modalities moderation n parallel_tool_calls prediction presence_penalty
      prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier
      seed service_tier stop store temperature tool_choice tools top_logprobs top_p user verbosity web_search_options`
      .trim()
      .split(/\s+/),
    source: "sdk",
  },
  refusals: { names: "first", wrongTypes: 400, source: "types" },
  messages: { system: { developer: reasoning }, source: "chat" },
  embeddings: { maxInputs: 2048, source: "embeddings" },
  streaming: { toolCalls: "fragments", usage: "own-chunk", source: "stream" },
  errors,
  limits: {
    waitText: /try again in ((?:\d+(?:\.\d+)?(?:ms|[hms]))+)/,
    headers: {
      "x-ratelimit-limit-requests": { of: "requests", is: "limit", unit: "count" },
      "x-ratelimit-remaining-requests": { of: "requests", is: "remaining", unit: "count" },
      "x-ratelimit-reset-requests": { of: "requests", is: "reset", unit: "duration" },
      "x-ratelimit-limit-tokens": { of: "tokens", is: "limit", unit: "count" },
      "x-ratelimit-remaining-tokens": { of: "tokens", is: "remaining", unit: "count" },
      "x-ratelimit-reset-tokens": { of: "tokens", is: "reset", unit: "duration" },
    },
    requestId: "x-request-id",
  },
  metadata: ["system_fingerprint", "service_tier", "choices.0.logprobs", "header:openai-processing-ms"],
  librechat: { name: "OpenAI", responses: "served", webSearch: true, source: "librechat" },
});
