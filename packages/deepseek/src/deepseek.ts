import { chatCompletions, defineProvider, type JsonObject } from "@llm-provider/core";
import { readField } from "@llm-provider/core/internal";
import { errors } from "./errors.ts";
import { models } from "./models.ts";

const vercel = "https://github.com/vercel/ai/blob/ed857f50f112e23930b0c2dd8d532cc8bebbc911/packages/deepseek/src/chat";

/** Matches requests that think: thinking is on unless the caller turns it off. */
const thinking = {
  "thinking.type": ["enabled", null],
  reasoning_effort: [null, "low", "medium", "high", "xhigh", "max"],
} as const;
const v4 = /^deepseek-(flash|v4)/;

export const deepseek = defineProvider({
  id: "deepseek",
  name: "DeepSeek",
  docs: "https://api-docs.deepseek.com",
  baseURL: "https://api.deepseek.com",
  auth: { env: "DEEPSEEK_API_KEY", page: "https://platform.deepseek.com/api_keys" },
  sources: {
    chat: ["https://api-docs.deepseek.com/api/create-chat-completion", "2026-11-22"],
    thinking: ["https://api-docs.deepseek.com/guides/thinking_mode.md", "2026-11-22"],
    pricing: ["https://api-docs.deepseek.com/quick_start/pricing", "2026-11-15"],
    errors: ["https://api-docs.deepseek.com/quick_start/error_codes.md", "2026-11-22"],
    load: ["https://api-docs.deepseek.com/quick_start/rate_limit", "2026-11-22"],
    cache: ["https://api-docs.deepseek.com/guides/kv_cache", "2026-11-22"],
    retirement: ["https://github.com/mozilla-ai/any-llm/issues/1172", "2026-11-22"],
    flash: ["https://wavespeed.ai/blog/developer-friction/deepseek-v4-1-flash-api/", "2026-11-22"],
    topP: ["https://wwsun.github.io/notes/deepseek-thinking-mode", "2026-11-22"],
    toolChoice: ["https://github.com/deepseek-ai/DeepSeek-V3/issues/1376", "2026-11-22"],
    schema: ["https://github.com/llm-exe/llm-exe/issues/662", "2026-11-22"],
    history: ["https://github.com/router-for-me/CLIProxyAPI/issues/2999", "2026-11-22"],
    tools: ["https://github.com/BerriAI/litellm/blob/main/litellm/llms/deepseek/chat/transformation.py", "2026-11-22"],
    messages: [`${vercel}/convert-to-deepseek-chat-messages.ts`, "2026-11-22"],
    stream: [`${vercel}/__fixtures__/deepseek-tool-call.chunks.txt`, "2026-11-22"],
    toolOutput: [
      "https://github.com/pydantic/pydantic-ai/blob/4fda38988f2939fa6ea9cdefcf120693e10ef491/tests/models/cassettes/test_deepseek_responses/test_deepseek_responses_rejects_interleaved_function_calls.yaml",
      "2026-11-22",
    ],
    finish: ["https://github.com/Portkey-AI/gateway/blob/main/src/providers/deepseek/types.ts", "2026-11-22"],
    overflow: ["https://github.com/evalstate/fast-agent/issues/621", "2026-11-22"],
    types: ["https://github.com/QwenLM/qwen-code/issues/2158", "2026-11-28"],
    traceId: ["https://github.com/ItzCrazyKns/Vane/issues/969", "2026-11-22"],
    librechat: ["https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/deepseek", "2026-11-22"],
    responses: ["https://api-docs.deepseek.com/quick_start/pricing?check=20261115", "2026-11-22"],
  },
  dialect: chatCompletions({ reasoning: "reasoning_content", history: "required-with-tools", usage: "asked" }),
  models,
  smallModel: "deepseek-flash",
  request: {} as {
    thinking?: { type: "enabled" | "disabled" };
    reasoning_effort?: "minimal" | "low" | "medium" | "high" | "xhigh" | "max" | "ultra";
    user_id?: string;
  },
  parameters: {
    temperature: [
      { range: [0, 2], source: "chat" },
      { ignored: true, models: v4, when: thinking, source: "thinking" },
    ],
    presence_penalty: [
      { range: [-2, 2], source: "chat" },
      { ignored: true, models: v4, when: thinking, source: "thinking" },
    ],
    frequency_penalty: [
      { range: [-2, 2], source: "chat" },
      { ignored: true, models: v4, when: thinking, source: "thinking" },
    ],
    top_p: [
      { ignored: true, models: ["deepseek-v4-pro"], when: thinking, source: "topP" },
      { ignored: true, models: ["deepseek-flash"], when: { "thinking.type": "disabled" }, source: "topP" },
    ],
    tool_choice: [
      { rejected: 400, models: v4, when: { ...thinking, tool_choice: "required" }, source: "toolChoice" },
      { rejected: 400, models: v4, when: { ...thinking, "tool_choice.type": "function" }, source: "toolChoice" },
    ],
    response_format: { rejected: 400, when: { "response_format.type": "json_schema" }, source: "schema" },
    top_logprobs: { range: [0, 20], source: "chat" },
  },
  refusals: { names: "first", wrongTypes: 400, source: "types" },
  messages: { system: "system", content: "text", source: "messages" },
  streaming: { toolCalls: "fragments", usage: "with-finish", comments: "keep-alive", source: "stream" },
  quirks: [
    {
      name: "Cached tokens may be reported only in prompt_cache_hit_tokens.",
      source: "cache",
      chunk: countCachedTokens,
    },
  ],
  errors,
  limits: { requestId: "x-ds-trace-id" },
  metadata: ["system_fingerprint"],
  librechat: { name: "Deepseek", responses: "served", source: "librechat" },
});

/** Copies `usage.prompt_cache_hit_tokens` to the field that the dialect reads, if there is no other count of cached tokens. */
function countCachedTokens(chunk: JsonObject): JsonObject {
  const usage = readField(chunk, "usage") as JsonObject | null | undefined;
  if (!usage || readField(usage, "prompt_tokens_details")) return chunk;
  const hit = readField(usage, "prompt_cache_hit_tokens");
  return typeof hit === "number"
    ? { ...chunk, usage: { ...usage, prompt_tokens_details: { cached_tokens: hit } } }
    : chunk;
}
