import { chatCompletions, defineProvider, type JsonObject } from "@llm-provider/core";
import { errors } from "./errors.ts";
import { findDetail } from "./find-detail.ts";
import { models } from "./models.ts";

const vercel = "https://github.com/vercel/ai/blob/ed857f50f112e23930b0c2dd8d532cc8bebbc911/packages/mistral/src";

export const mistral = defineProvider({
  id: "mistral",
  name: "Mistral",
  docs: "https://docs.mistral.ai",
  baseURL: "https://api.mistral.ai/v1",
  auth: { env: "MISTRAL_API_KEY", page: "https://console.mistral.ai/api-keys" },
  sources: {
    sdk: ["https://www.npmjs.com/package/@mistralai/mistralai/v/2.7.0", "2026-11-22"],
    glossary: ["https://docs.mistral.ai/resources/error-glossary", "2026-11-22"],
    models: ["https://docs.mistral.ai/getting-started/models", "2026-11-22"],
    digest: ["https://www.developersdigest.tech/errors/api/mistral-api", "2026-11-22"],
    prices: ["https://www.npmjs.com/package/@pydantic/genai-prices/v/0.1.8", "2026-11-22"],
    large: ["https://vercel.com/ai-gateway/models/mistral-large-4.md", "2026-11-22"],
    medium: ["https://vercel.com/ai-gateway/models/mistral-medium-3.5.md", "2026-11-22"],
    extra: ["https://github.com/editor-code-assistant/eca/issues/231", "2026-11-22"],
    store: ["https://github.com/Gitlawb/openclaude/issues/739", "2026-11-22"],
    user: [
      "https://github.com/LibreChat-AI/librechat.ai/blob/main/content/docs/configuration/librechat_yaml/ai_endpoints/mistral.mdx",
      "2026-11-22",
    ],
    details: ["https://github.com/mistralai/platform-docs-public/issues/7", "2026-11-22"],
    fields: ["https://github.com/charmbracelet/crush/issues/1590", "2026-11-22"],
    order: ["https://github.com/0xPlaygrounds/rig/pull/1130", "2026-11-22"],
    toolCallId: ["https://github.com/zed-industries/zed/issues/53034", "2026-11-28"],
    unknownPath: ["https://github.com/nextcloud/assistant/issues/593", "2026-11-28"],
    invalidModel: ["https://github.com/mistralai/mistral-vibe/issues/617", "2026-11-22"],
    unauthorized: ["https://github.com/elastic/elasticsearch/pull/128538", "2026-11-22"],
    rateLimit: ["https://github.com/raycast/extensions/issues/31107", "2026-11-22"],
    capacity: ["https://github.com/continuedev/continue/issues/6185", "2026-11-22"],
    aliases: ["https://github.com/anomalyco/models.dev/pull/1289", "2026-11-28"],
    devstral: ["https://github.com/anomalyco/models.dev/tree/dev/providers/mistral/models", "2026-11-28"],
    embeddings: ["https://github.com/raphaelmansuy/edgequake-llm/pull/74", "2026-11-28"],
    usage: [`${vercel}/convert-mistral-usage.ts`, "2026-11-22"],
    stream: [`${vercel}/__fixtures__/mistral-tool-call.chunks.txt`, "2026-11-22"],
    librechat: ["https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/mistral", "2026-11-22"],
    responses: ["https://docs.mistral.ai/api", "2026-11-28"],
  },
  dialect: chatCompletions({ reasoning: "parts", history: "optional", usage: "volunteered" }),
  models,
  smallModel: "mistral-small-2603",
  request: {} as {
    random_seed?: number;
    safe_prompt?: boolean;
    prompt_mode?: "reasoning";
    prompt_cache_key?: string;
    reasoning_effort?: "none" | "minimal" | "low" | "medium" | "high" | "xhigh";
    document_image_limit?: number;
    document_page_limit?: number;
  },
  parameters: {
    seed: { renamed: "random_seed", source: "sdk" },
    max_completion_tokens: { renamed: "max_tokens", source: "extra" },
    store: { rejected: 422, source: "store" },
    user: { rejected: 422, source: "user" },
  },
  unknownParameters: {
    rejected: 422,
    known: `
      model messages stream temperature top_p max_tokens stop random_seed response_format tools tool_choice
      parallel_tool_calls presence_penalty frequency_penalty n prediction prompt_mode reasoning_effort safe_prompt
      guardrails metadata prompt_cache_key service_tier document_image_limit document_page_limit`
      .trim()
      .split(/\s+/),
    source: "extra",
  },
  refusals: { names: "all", wrongTypes: 422, source: "store" },
  messages: {
    fields: {
      system: ["content"],
      user: ["content"],
      assistant: ["content", "tool_calls", "prefix"],
      tool: ["content", "tool_call_id", "name"],
    },
    nulls: "stripped",
    toolCallId: /^[a-zA-Z0-9]{9}$/,
    trailingAssistant: { prefix: true },
    emptyAssistant: "removed",
    system: "system",
    source: "fields",
  },
  // A batch is also limited to 16,384 tokens, which is not checked here.
  embeddings: { maxInputs: 512, source: "embeddings" },
  streaming: { toolCalls: "whole", usage: "with-finish", source: "stream" },
  quirks: [
    {
      name: "Cached tokens may be reported in num_cached_tokens or prompt_token_details.",
      source: "usage",
      chunk: readCachedTokens,
    },
    { name: "Errors list the refused fields in one of five places.", source: "details", error: findDetail },
  ],
  errors,
  limits: { requestId: "mistral-correlation-id" },
  metadata: ["usage.service_tier"],
  librechat: { name: "Mistral", responses: "missing", source: "librechat" },
});

/** Copies `num_cached_tokens`, or the misspelt `prompt_token_details`, to the field that the dialect reads. */
function readCachedTokens(chunk: JsonObject): JsonObject {
  const usage = chunk["usage"] as JsonObject | null | undefined;
  if (!usage || usage["prompt_tokens_details"]) return chunk;
  const count = usage["num_cached_tokens"];
  const details = usage["prompt_token_details"] ?? (typeof count === "number" ? { cached_tokens: count } : undefined);
  return details ? { ...chunk, usage: { ...usage, prompt_tokens_details: details } } : chunk;
}
