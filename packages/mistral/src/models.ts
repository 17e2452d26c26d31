import type { ModelInfo } from "@llm-provider/core";

/** `-latest` aliases move: an answer has a cost only while the alias still points to the model named here. */
export const models = {
  "mistral-medium-3-5": {
    context: 262_144,
    maxOutput: 256_000,
    price: { input: 1.5, output: 7.5, cached: 0.15 },
    features: ["tools", "images", "json", "schema", "reasoning"],
    source: "medium",
  },
  "mistral-medium-3.5": { aliasOf: "mistral-medium-3-5", source: "prices" },
  "mistral-medium-3-5-26-04": { aliasOf: "mistral-medium-3-5", source: "medium" },
  "mistral-medium-latest": { aliasOf: "mistral-medium-3-5", source: "medium" },
  // No price or context window: two pages disagree on both.
  "mistral-large-4": { features: ["tools", "images", "json", "schema", "reasoning"], source: "large" },
  "mistral-large-2512": {
    context: 262_144,
    price: { input: 0.5, output: 1.5, cached: 0.05 },
    features: ["tools", "json", "schema"],
    source: "prices",
  },
  "mistral-small-2603": {
    context: 262_144,
    price: { input: 0.15, output: 0.6, cached: 0.015 },
    features: ["tools", "json", "schema", "reasoning"],
    source: "prices",
  },
  "mistral-small-latest": { aliasOf: "mistral-small-2603", source: "aliases" },
  "ministral-14b-2512": {
    context: 262_144,
    price: { input: 0.2, output: 0.2, cached: 0.02 },
    features: ["tools", "json", "schema"],
    source: "prices",
  },
  "ministral-8b-2512": {
    context: 262_144,
    price: { input: 0.15, output: 0.15, cached: 0.015 },
    features: ["tools", "json", "schema"],
    source: "prices",
  },
  "ministral-3b-2512": {
    context: 131_072,
    price: { input: 0.1, output: 0.1, cached: 0.01 },
    features: ["tools", "json", "schema"],
    source: "prices",
  },
  "codestral-2508": {
    context: 256_000,
    price: { input: 0.3, output: 0.9, cached: 0.03 },
    features: ["tools", "json", "schema"],
    source: "prices",
  },
  "devstral-2512": {
    context: 262_144,
    price: { input: 0.4, output: 2, cached: 0.04 },
    features: ["tools", "json", "schema"],
    source: "prices",
  },
  "devstral-latest": { aliasOf: "devstral-2512", source: "devstral" },
  "magistral-medium-latest": {
    context: 128_000,
    price: { input: 2, output: 5 },
    features: ["tools", "images", "json", "schema", "reasoning"],
    source: "prices",
  },
  "magistral-small-latest": {
    context: 128_000,
    price: { input: 0.5, output: 1.5 },
    features: ["tools", "json", "schema", "reasoning"],
    source: "prices",
  },
  "mistral-embed": {
    context: 8192,
    price: { input: 0.1, output: 0 },
    features: ["embeddings"],
    source: "prices",
  },
  "mistral-medium-2312": { retired: { on: "2025-06-16", use: "mistral-medium-latest" }, source: "models" },
} as const satisfies { readonly [id: string]: ModelInfo };
