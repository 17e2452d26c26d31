import type { ModelInfo } from "@llm-provider/core";

/** Peak hours are 01:00–04:00 and 06:00–10:00 UTC on Chinese working days; at all other times the first price applies. */
export const models = {
  "deepseek-flash": {
    context: 1_000_000,
    maxOutput: 384_000,
    price: { input: 0.15, output: 0.6, cached: 0.003, peak: { input: 0.3, output: 1.2, cached: 0.006 } },
    features: ["tools", "json", "reasoning", "images"],
    source: "pricing",
  },
  "deepseek-v4-pro": {
    context: 1_000_000,
    maxOutput: 384_000,
    price: { input: 0.66, output: 1.98, cached: 0.022, peak: { input: 1.32, output: 3.96, cached: 0.044 } },
    features: ["tools", "json", "reasoning"],
    source: "pricing",
  },
  // Still accepted, but served and billed as deepseek-flash.
  "deepseek-v4-flash": {
    aliasOf: "deepseek-flash",
    retired: { on: "2026-09-10", use: "deepseek-flash" },
    source: "flash",
  },
  "deepseek-v4-flash-vision-exp": {
    aliasOf: "deepseek-flash",
    retired: { on: "2026-09-10", use: "deepseek-flash" },
    source: "flash",
  },
  "deepseek-chat": { retired: { on: "2026-07-24", use: "deepseek-flash" }, source: "retirement" },
  "deepseek-reasoner": { retired: { on: "2026-07-24", use: "deepseek-flash" }, source: "retirement" },
} as const satisfies { readonly [id: string]: ModelInfo };
