import type { ModelInfo } from "@llm-provider/core";

/**
 * A few of several hundred: `openrouter().models()` asks for all, with windows and prices of the day. No price is given,
 * since each depends on the provider that OpenRouter picks; what a call did cost comes with its usage.
 */
export const models = {
  "openrouter/auto": { source: "auto" },
  "openai/gpt-oss-120b": { context: 131_072, features: ["tools", "json", "schema", "reasoning"], source: "models" },
  "openai/gpt-oss-20b": { context: 131_072, features: ["tools", "json", "schema", "reasoning"], source: "models" },
  "deepseek/deepseek-v4-pro": { features: ["tools", "json", "reasoning"], source: "models" },
  "mistralai/mistral-medium-3-5": {
    context: 262_144,
    features: ["tools", "images", "json", "schema", "reasoning"],
    source: "medium",
  },
  "openai/text-embedding-3-small": { context: 8192, features: ["embeddings"], source: "embeddings" },
} as const satisfies { readonly [id: string]: ModelInfo };
