import { chatCompletions, defineProvider } from "@llm-provider/core";
import { errors } from "./errors.ts";
import { models } from "./models.ts";
import { readUsage } from "./read-usage.ts";

const vercel = "https://github.com/vercel/ai/blob/ed857f50f112e23930b0c2dd8d532cc8bebbc911/packages/groq/src";
const pydantic =
  "https://github.com/pydantic/pydantic-ai/blob/4fda38988f2939fa6ea9cdefcf120693e10ef491/tests/models/cassettes/test_groq";

/** What Groq knows of a message beside its role. */
const said = ["content", "name"] as const;

export const groq = defineProvider({
  id: "groq",
  name: "Groq",
  docs: "https://console.groq.com/docs",
  baseURL: "https://api.groq.com/openai/v1",
  auth: { env: "GROQ_API_KEY", page: "https://console.groq.com/keys" },
  sources: {
    compatibility: ["https://console.groq.com/docs/openai", "2026-11-22"],
    sdk: ["https://www.npmjs.com/package/groq-sdk/v/1.6.0", "2026-11-22"],
    errors: ["https://console.groq.com/docs/errors", "2026-11-22"],
    limits: ["https://console.groq.com/docs/rate-limits.md", "2026-11-22"],
    flex: ["https://console.groq.com/docs/flex-processing", "2026-11-22"],
    schema: ["https://console.groq.com/docs/structured-outputs", "2026-11-22"],
    reasoning: ["https://console.groq.com/docs/reasoning", "2026-11-22"],
    compound: ["https://console.groq.com/docs/compound", "2026-11-22"],
    retired: ["https://github.com/gsd-build/gsd-2/pull/4273", "2026-11-22"],
    retirement: ["https://github.com/papi-ai/groq/releases/tag/v0.15.2", "2026-11-22"],
    prices: ["https://www.npmjs.com/package/@pydantic/genai-prices/v/0.1.8", "2026-11-22"],
    profiles: [
      "https://github.com/langchain-ai/langchainjs/blob/main/libs/providers/langchain-groq/src/profiles.ts",
      "2026-11-22",
    ],
    qwen: ["https://github.com/braintrustdata/braintrust-proxy/pull/1073", "2026-11-22"],
    unsupported: ["https://github.com/ServiceStack/llms/issues/17", "2026-11-22"],
    nulls: ["https://github.com/BerriAI/litellm/issues/5839", "2026-11-22"],
    tooLarge: ["https://github.com/continuedev/continue/issues/10218", "2026-11-22"],
    notFound: [`${pydantic}/test_tool_regular_error.yaml`, "2026-11-22"],
    toolUse: [`${pydantic}/test_tool_use_failed_error_streaming.yaml`, "2026-11-22"],
    usage: [`${pydantic}/test_groq_model_thinking_part_iter.yaml`, "2026-11-22"],
    stream: [`${vercel}/__fixtures__/groq-tool-call.chunks.txt`, "2026-11-22"],
    librechat: ["https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/groq", "2026-11-22"],
  },
  dialect: chatCompletions({ reasoning: "reasoning", history: "optional", usage: "volunteered" }),
  models,
  smallModel: "openai/gpt-oss-20b",
  request: {} as {
    reasoning_effort?: "none" | "default" | "low" | "medium" | "high";
    reasoning_format?: "hidden" | "raw" | "parsed";
    include_reasoning?: boolean;
    service_tier?: "auto" | "on_demand" | "flex" | "performance";
    disable_tool_validation?: boolean;
  },
  parameters: {
    logprobs: { rejected: 400, when: { logprobs: true }, source: "compatibility" },
    top_logprobs: { rejected: 400, source: "compatibility" },
    logit_bias: { rejected: 400, source: "compatibility" },
    n: { range: [1, 1], source: "sdk" },
    temperature: { range: [0, 2], source: "sdk" },
    frequency_penalty: { ignored: true, source: "sdk" },
    presence_penalty: { ignored: true, source: "sdk" },
    include_reasoning: { conflictsWith: ["reasoning_format"], source: "sdk" },
    reasoning_effort: [
      {
        models: /gpt-oss/,
        values: { none: "low", minimal: "low", default: "medium", xhigh: "high", max: "high" },
        source: "sdk",
      },
      {
        models: /qwen3(-32b|\.6)/,
        values: { minimal: "default", low: "default", medium: "default", high: "default", xhigh: "default" },
        source: "sdk",
      },
    ],
  },
  unknownParameters: {
    rejected: 400,
    known: `
      model messages stream stream_options temperature top_p max_tokens max_completion_tokens stop seed n user
      tools tool_choice parallel_tool_calls functions function_call response_format reasoning_effort
      reasoning_format include_reasoning service_tier disable_tool_validation frequency_penalty presence_penalty
      logit_bias logprobs top_logprobs metadata store documents citation_options compound_custom search_settings
      include_domains exclude_domains`
      .trim()
      .split(/\s+/),
    source: "unsupported",
  },
  messages: {
    fields: {
      system: said,
      developer: said,
      user: said,
      assistant: [...said, "tool_calls", "function_call", "reasoning"],
      tool: [...said, "tool_call_id"],
    },
    nulls: "stripped",
    source: "nulls",
  },
  streaming: { toolCalls: "whole", usage: "with-finish", source: "stream" },
  quirks: [{ name: "Usage may stand in x_groq alone.", source: "usage", chunk: readUsage }],
  errors,
  limits: {
    requestId: "x-request-id",
    waitText: /try again in ((?:\d+(?:\.\d+)?[hms]+)+)/,
    headers: {
      "x-ratelimit-limit-requests": { of: "requests", is: "limit", unit: "count" },
      "x-ratelimit-remaining-requests": { of: "requests", is: "remaining", unit: "count" },
      "x-ratelimit-reset-requests": { of: "requests", is: "reset", unit: "duration" },
      "x-ratelimit-limit-tokens": { of: "tokens", is: "limit", unit: "count" },
      "x-ratelimit-remaining-tokens": { of: "tokens", is: "remaining", unit: "count" },
      "x-ratelimit-reset-tokens": { of: "tokens", is: "reset", unit: "duration" },
    },
  },
  // Times in seconds.
  metadata: [
    "x_groq.id",
    "service_tier",
    ...["queue", "prompt", "completion", "total"].map((name) => `usage.${name}_time`),
  ],
  librechat: { name: "groq", source: "librechat" },
});
