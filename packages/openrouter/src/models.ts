import type { ModelInfo } from "@llm-provider/core";

/**
 * A few of several hundred models: `openrouter().models()` lists all, with their current context lengths and prices. There are no
 * prices here, because they depend on the provider that OpenRouter chooses; the usage of an answer has its actual cost.
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
