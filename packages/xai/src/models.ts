import type { ModelInfo } from "@llm-provider/core";

const grok4 = {
  context: 1_000_000,
  price: { input: 1.25, output: 2.5, cached: 0.2, tiers: [{ above: 199_999, input: 2.5, output: 5, cached: 0.4 }] },
  source: "prices",
} as const;
const may = { on: "2026-05-15", use: "grok-4.3" } as const;

export const models = {
  "grok-4.6": {
    context: 500_000,
    price: { input: 2, output: 6, cached: 0.5, tiers: [{ above: 199_999, input: 4, output: 12, cached: 1 }] },
    features: ["tools", "json", "schema", "images", "reasoning"],
    source: "prices",
  },
  "grok-4.5": {
    context: 500_000,
    price: { input: 2, output: 6, cached: 0.3, tiers: [{ above: 199_999, input: 4, output: 12, cached: 0.6 }] },
    features: ["tools", "json", "schema", "images", "reasoning"],
    source: "prices",
  },
  "grok-4.3": { ...grok4, features: ["tools", "json", "schema", "images", "reasoning"] },
  "grok-4.20-reasoning": { ...grok4, features: ["tools", "json", "schema", "images", "reasoning"] },
  "grok-4.20-non-reasoning": { ...grok4, features: ["tools", "json", "schema", "images"] },
  "grok-4.20-0309-reasoning": { aliasOf: "grok-4.20-reasoning", source: "alias" },
  "grok-4.20-0309-non-reasoning": { aliasOf: "grok-4.20-non-reasoning", source: "alias" },
  "grok-build-0.1": {
    context: 256_000,
    price: { input: 1, output: 2, cached: 0.2, tiers: [{ above: 199_999, input: 2, output: 4, cached: 0.4 }] },
    features: ["tools", "json", "schema", "reasoning"],
    source: "prices",
  },
  "grok-4-1-fast-reasoning": { retired: may, source: "retirement" },
  "grok-4-1-fast-non-reasoning": { retired: { ...may, use: "grok-4.20-non-reasoning" }, source: "retirement" },
  "grok-4-fast-reasoning": { retired: may, source: "retirement" },
  "grok-4-fast-non-reasoning": { retired: { ...may, use: "grok-4.20-non-reasoning" }, source: "retirement" },
  "grok-4-0709": { retired: may, source: "retirement" },
  "grok-code-fast-1": { retired: may, source: "retirement" },
  "grok-3": { retired: may, source: "retirement" },
} as const satisfies { readonly [id: string]: ModelInfo };
