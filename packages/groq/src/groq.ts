import { chatCompletions, defineProvider, type JsonObject } from "@llm-provider/core";
import { errors } from "./errors.ts";
import { models } from "./models.ts";
import { sources } from "./sources.ts";

/** The fields that Groq accepts in every message, besides its role. */
const said = ["content", "name"] as const;

export const groq = defineProvider({
  id: "groq",
  name: "Groq",
  docs: "https://console.groq.com/docs",
  baseURL: "https://api.groq.com/openai/v1",
  auth: { env: "GROQ_API_KEY", page: "https://console.groq.com/keys" },
  sources,
  // Models that do not reason refuse reasoning in messages.
  dialect: chatCompletions({ reasoning: "reasoning", history: [[/gpt-oss|qwen/, "optional"]], usage: "volunteered" }),
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
      logprobs metadata store documents citation_options compound_custom search_settings
      include_domains exclude_domains`
      .trim()
      .split(/\s+/),
    source: "unsupported",
  },
  refusals: { names: "first", wrongTypes: 400, source: "refusals" },
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
  quirks: [{ name: "Usage may be reported only in x_groq.", source: "usage", chunk: readUsage }],
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
  librechat: { name: "groq", responses: "served", source: "librechat" },
});

/** Copies `x_groq.usage` to the field that the dialect reads, if the chunk has no other usage. */
function readUsage(chunk: JsonObject): JsonObject {
  const own = chunk["x_groq"] as JsonObject | null | undefined;
  return own?.["usage"] && !chunk["usage"] ? { ...chunk, usage: own["usage"] } : chunk;
}
