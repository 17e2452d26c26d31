/**
 * LibreChat v0.8.7's own table of windows, as far as ids of our catalogues match it (packages/api/src/utils/tokens.ts,
 * read 2026-11-22): a part of the model's id, and tokens.
 */
const windows: { readonly [part: string]: number } = {
  deepseek: 128_000,
  "mistral-": 31_990,
  "mistral-small": 31_990,
  "mistral-large": 131_000,
  "mistral-large-3": 255_000,
  "ministral-3b": 131_000,
  "ministral-8b": 131_000,
  codestral: 256_000,
  qwen: 32_000,
  qwen3: 40_960,
  "qwen3-32b": 40_960,
  "gpt-oss": 131_000,
  "gpt-oss-20b": 131_000,
  "gpt-oss-120b": 131_000,
  "gpt-oss:20b": 131_000,
  "gpt-oss:120b": 131_000,
  kimi: 262_144,
  "kimi-k2": 262_144,
  "gpt-4": 8_187,
  "gpt-4o": 127_500,
  "gpt-4o-mini": 127_500,
  "gpt-4.1": 1_047_576,
  "gpt-4.1-mini": 1_047_576,
  "gpt-4.1-nano": 1_047_576,
  "gpt-5": 400_000,
  "gpt-5-mini": 400_000,
  "gpt-5-nano": 400_000,
  "gpt-5.4": 1_050_000,
  "gpt-5.4-mini": 400_000,
  "gpt-5.4-nano": 400_000,
  "gpt-5.5": 1_050_000,
  "claude-": 100_000,
  "claude-opus-4": 200_000,
  "claude-sonnet-4": 200_000,
  "claude-haiku-4-5": 200_000,
  "gemma-3": 32_768,
  "gemma-4": 128_000,
  gemma: 32_768,
  gemini: 30_720,
  "gemini-3": 1_000_000,
  "gemini-2.5": 1_000_000,
  grok: 131_072,
  "grok-4": 256_000,
  "glm-4": 128_000,
  "llama-3": 8_000,
  "llama-3.1": 127_500,
  "llama-3.3": 127_500,
  llama3: 8_000,
  "llama3.1": 127_500,
  "llama3.2": 127_500,
  "llama3.3": 127_500,
};

/** Tokens that LibreChat assumes for an unknown model. */
export const unknownWindow = 32_000;

/** The window that LibreChat assumes for a model without a `tokenConfig`: the longest part that its id contains. */
export function assumedWindow(model: string): number {
  return windows[longestPart(model, Object.keys(windows)) ?? ""] ?? unknownWindow;
}

/** LibreChat's way of finding a model in a table: the key itself, else the longest key that is a part of the id. */
export function longestPart(model: string, keys: readonly string[]): string | undefined {
  if (keys.includes(model)) return model;
  const id = model.toLowerCase();
  return keys.reduce<string | undefined>(
    (best, key) => (id.includes(key.toLowerCase()) && key.length > (best?.length ?? 0) ? key : best),
    undefined,
  );
}
