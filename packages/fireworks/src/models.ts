import type { ModelInfo } from "@llm-provider/core";

const chat = ["tools", "json", "schema", "reasoning"] as const;

/** Full resource names. The endpoint answers 404 for a model that is only available on demand. */
export const models = {
  "accounts/fireworks/models/deepseek-v4p1-flash": {
    context: 1_049_000,
    maxOutput: 393_000,
    price: { input: 0.22, output: 0.66 },
    features: ["tools", "images", "json", "schema", "reasoning"],
    source: "getmaxim",
  },
  "accounts/fireworks/models/deepseek-v4-flash": {
    context: 1_040_000,
    price: { input: 0.14, output: 0.28, cached: 0.028 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/models/deepseek-v4-flash-0731": {
    aliasOf: "accounts/fireworks/models/deepseek-v4-flash",
    source: "prices",
  },
  "accounts/fireworks/models/deepseek-v4-pro": {
    context: 1_048_576,
    price: { input: 1.74, output: 3.48, cached: 0.145 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/models/glm-5p2": {
    context: 1_040_000,
    price: { input: 1.4, output: 4.4, cached: 0.14 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/routers/glm-5p2-fast": {
    context: 1_040_000,
    price: { input: 2.1, output: 6.6, cached: 0.21 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/models/kimi-k3": {
    context: 1_040_000,
    price: { input: 3, output: 15, cached: 0.3 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/routers/kimi-k3-fast": {
    context: 1_040_000,
    price: { input: 4.5, output: 22.5, cached: 0.45 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/routers/kimi-k3-us": {
    context: 1_040_000,
    price: { input: 3.3, output: 16.5, cached: 0.33 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/models/kimi-k2p7-code": {
    context: 262_144,
    price: { input: 0.95, output: 4, cached: 0.19 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/models/kimi-k2p6": {
    context: 262_144,
    price: { input: 0.95, output: 4, cached: 0.16 },
    features: ["tools", "images", "json", "schema", "reasoning"],
    source: "prices",
  },
  "accounts/fireworks/models/minimax-m3": {
    context: 524_288,
    price: { input: 0.3, output: 1.2, cached: 0.06 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/models/qwen3p7-plus": {
    context: 262_144,
    price: { input: 0.4, output: 1.6, cached: 0.08 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/models/gpt-oss-120b": {
    context: 131_072,
    price: { input: 0.15, output: 0.6, cached: 0.014 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/models/gpt-oss-20b": {
    context: 131_072,
    price: { input: 0.07, output: 0.3, cached: 0.035 },
    features: chat,
    source: "prices",
  },
  "accounts/fireworks/models/nemotron-3-ultra-nvfp4": {
    context: 262_000,
    price: { input: 0.6, output: 2.4, cached: 0.12 },
    features: chat,
    source: "prices",
  },
  "nomic-ai/nomic-embed-text-v1.5": {
    context: 8192,
    price: { input: 0.008, output: 0 },
    features: ["embeddings"],
    source: "embeddingPrices",
  },
} as const satisfies { readonly [id: string]: ModelInfo };
