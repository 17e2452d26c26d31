import type { ModelInfo } from "@llm-provider/core";

/** Groq adds and retires models often: `groq().models()` lists the current ones. */
export const models = {
  "openai/gpt-oss-120b": {
    context: 131_072,
    maxOutput: 65_536,
    price: { input: 0.15, output: 0.6, cached: 0.075 },
    features: ["tools", "json", "schema", "reasoning"],
    source: "prices",
  },
  "openai/gpt-oss-20b": {
    context: 131_072,
    maxOutput: 65_536,
    price: { input: 0.075, output: 0.3, cached: 0.0375 },
    features: ["tools", "json", "schema", "reasoning"],
    source: "prices",
  },
  "openai/gpt-oss-safeguard-20b": { context: 131_072, features: ["tools", "json", "reasoning"], source: "prices" },
  "qwen/qwen3.8-27b": { context: 131_072, features: ["tools", "json", "images", "reasoning"], source: "reasoning" },
  "qwen/qwen3.6-27b": {
    context: 131_072,
    maxOutput: 16_384,
    price: { input: 0.6, output: 3 },
    features: ["tools", "json", "reasoning"],
    source: "qwen",
  },
  "qwen/qwen3-32b": {
    context: 131_072,
    maxOutput: 16_384,
    price: { input: 0.29, output: 0.59 },
    features: ["tools", "json", "reasoning"],
    source: "profiles",
  },
  "groq/compound": { context: 131_072, maxOutput: 8192, source: "windows" },
  "groq/compound-mini": { context: 131_072, maxOutput: 8192, source: "windows" },
  "llama-3.3-70b-versatile": { retired: { on: "2026-08-16", use: "openai/gpt-oss-120b" }, source: "retirement" },
  "llama-3.1-8b-instant": { retired: { on: "2026-08-16", use: "openai/gpt-oss-20b" }, source: "retirement" },
  "meta-llama/llama-4-maverick-17b-128e-instruct": {
    retired: { on: "2026-03-09", use: "openai/gpt-oss-120b" },
    source: "retired",
  },
  "moonshotai/kimi-k2-instruct-0905": { retired: { on: "2026-04-15", use: "openai/gpt-oss-120b" }, source: "retired" },
  "moonshotai/kimi-k2-instruct": { retired: { on: "2025-10-10", use: "openai/gpt-oss-120b" }, source: "retired" },
  "gemma2-9b-it": { retired: { on: "2025-10-08", use: "openai/gpt-oss-20b" }, source: "retired" },
  "deepseek-r1-distill-llama-70b": { retired: { on: "2025-10-02", use: "openai/gpt-oss-120b" }, source: "retired" },
  "llama3-70b-8192": { retired: { on: "2025-08-30", use: "openai/gpt-oss-120b" }, source: "retired" },
  "llama3-8b-8192": { retired: { on: "2025-08-30", use: "openai/gpt-oss-20b" }, source: "retired" },
  "mixtral-8x7b-32768": { retired: { on: "2025-03-20", use: "openai/gpt-oss-20b" }, source: "retirement" },
} as const satisfies { readonly [id: string]: ModelInfo };
