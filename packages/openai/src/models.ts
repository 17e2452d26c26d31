import type { ModelInfo } from "@llm-provider/core";

const reasoning = ["tools", "images", "json", "schema", "reasoning"] as const;
// Chat Completions refuses tools for these models at every reasoning effort.
const withoutTools = ["images", "json", "schema", "reasoning"] as const;
const plain = ["tools", "images", "json", "schema"] as const;
/** From 272,000 input tokens on, input costs twice as much and output 50% more. */
const long = 271_999;

/** Prices as of September 2026. */
export const models = {
  "gpt-6-astra": {
    context: 1_050_000,
    price: {
      input: 10,
      output: 50,
      cached: 1,
      cacheWrite: 12.5,
      tiers: [{ above: long, input: 20, output: 75, cached: 2, cacheWrite: 25 }],
    },
    features: withoutTools,
    source: "prices",
  },
  "gpt-6-sol": {
    context: 1_050_000,
    price: {
      input: 2,
      output: 10,
      cached: 0.2,
      cacheWrite: 2.5,
      tiers: [{ above: 272_000, input: 4, output: 15, cached: 0.4, cacheWrite: 5 }],
    },
    features: reasoning,
    source: "prices",
  },
  "gpt-6-luna": {
    context: 1_050_000,
    price: {
      input: 0.1,
      output: 0.5,
      cached: 0.01,
      cacheWrite: 0.125,
      tiers: [{ above: 272_000, input: 0.2, output: 0.75, cached: 0.02, cacheWrite: 0.25 }],
    },
    features: reasoning,
    source: "prices",
  },
  "gpt-5.6-sol": {
    context: 1_050_000,
    price: {
      input: 4,
      output: 20,
      cached: 0.4,
      cacheWrite: 5,
      tiers: [{ above: long, input: 8, output: 30, cached: 0.8, cacheWrite: 10 }],
    },
    features: reasoning,
    source: "prices",
  },
  "gpt-5.6": { aliasOf: "gpt-5.6-sol", source: "alias" },
  "gpt-5.6-terra": {
    context: 1_050_000,
    price: {
      input: 2,
      output: 12,
      cached: 0.2,
      cacheWrite: 2.5,
      tiers: [{ above: long, input: 4, output: 18, cached: 0.4, cacheWrite: 5 }],
    },
    features: reasoning,
    source: "prices",
  },
  "gpt-5.6-luna": {
    context: 1_050_000,
    price: {
      input: 0.2,
      output: 1.2,
      cached: 0.02,
      cacheWrite: 0.25,
      tiers: [{ above: long, input: 0.4, output: 1.8, cached: 0.04, cacheWrite: 0.5 }],
    },
    features: reasoning,
    source: "prices",
  },
  "gpt-5.5": {
    context: 1_000_000,
    price: { input: 5, output: 30, cached: 0.5, tiers: [{ above: long, input: 10, output: 45, cached: 1 }] },
    features: reasoning,
    source: "prices",
  },
  "gpt-5.4": {
    context: 1_050_000,
    price: { input: 2.5, output: 15, cached: 0.25, tiers: [{ above: long, input: 5, output: 22.5, cached: 0.5 }] },
    features: reasoning,
    source: "prices",
  },
  "gpt-5.4-mini": {
    context: 400_000,
    price: { input: 0.75, output: 4.5, cached: 0.075 },
    features: reasoning,
    source: "prices",
  },
  "gpt-5.4-nano": {
    context: 400_000,
    price: { input: 0.2, output: 1.25, cached: 0.02 },
    features: reasoning,
    source: "prices",
  },
  "gpt-5": {
    context: 400_000,
    price: { input: 1.25, output: 10, cached: 0.125 },
    features: reasoning,
    source: "prices",
  },
  "gpt-5-mini": {
    context: 400_000,
    price: { input: 0.25, output: 2, cached: 0.025 },
    features: reasoning,
    source: "prices",
  },
  "gpt-5-nano": {
    context: 400_000,
    price: { input: 0.05, output: 0.4, cached: 0.005 },
    features: reasoning,
    source: "prices",
  },
  o3: { context: 200_000, price: { input: 2, output: 8, cached: 0.5 }, features: reasoning, source: "prices" },
  "o4-mini": {
    context: 200_000,
    price: { input: 1.1, output: 4.4, cached: 0.275 },
    features: reasoning,
    source: "prices",
  },
  "gpt-4.1": { context: 1_000_000, price: { input: 2, output: 8, cached: 0.5 }, features: plain, source: "prices" },
  "gpt-4.1-mini": {
    context: 1_000_000,
    price: { input: 0.4, output: 1.6, cached: 0.1 },
    features: plain,
    source: "prices",
  },
  "gpt-4.1-nano": {
    context: 1_000_000,
    price: { input: 0.1, output: 0.4, cached: 0.025 },
    features: plain,
    source: "prices",
  },
  "gpt-4o": { context: 128_000, price: { input: 2.5, output: 10, cached: 1.25 }, features: plain, source: "prices" },
  "gpt-4o-mini": {
    context: 128_000,
    price: { input: 0.15, output: 0.6, cached: 0.075 },
    features: plain,
    source: "prices",
  },
  // No price: searches are billed on top of tokens.
  "gpt-4o-search-preview": { context: 128_000, features: ["json", "schema"], source: "prices" },
  "text-embedding-3-large": {
    context: 8192,
    price: { input: 0.13, output: 0 },
    features: ["embeddings"],
    source: "prices",
  },
  "text-embedding-3-small": {
    context: 8192,
    price: { input: 0.02, output: 0 },
    features: ["embeddings"],
    source: "prices",
  },
} as const satisfies { readonly [id: string]: ModelInfo };
