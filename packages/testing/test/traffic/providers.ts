import { chatCompletions, type ChatCompletionsOptions, defineProvider, type ProviderFactory } from "@llm-provider/core";
import { deepseek } from "../../../deepseek/src/index.ts";
import { fireworks } from "../../../fireworks/src/index.ts";
import { groq } from "../../../groq/src/index.ts";
import { mistral } from "../../../mistral/src/index.ts";
import { ollama } from "../../../ollama/src/index.ts";
import { openai as openaiProvider } from "../../../openai/src/index.ts";
import { openrouter } from "../../../openrouter/src/index.ts";
import { xai } from "../../../xai/src/index.ts";

/** One row of options a provider, and none a case. */
export const providers: { readonly [id: string]: ProviderFactory } = {
  deepseek: deepseek,
  fireworks: fireworks,
  groq: groq,
  mistral: mistral,
  ollama: ollama,
  openai: openaiProvider,
  openrouter: openrouter,
  xai: xai,
  // No adapter of ours: the bare dialect.
  alibaba: bare("alibaba"),
  "anthropic-compat": bare("anthropic-compat"),
  azure: bare("azure", { usage: "asked" }),
  perplexity: bare("perplexity"),
};

function bare(id: string, options?: ChatCompletionsOptions): ProviderFactory {
  return defineProvider({
    id,
    name: id,
    docs: "https://example.com",
    baseURL: "https://example.com/v1",
    auth: { env: "BARE_API_KEY", page: "https://example.com" },
    dialect: chatCompletions(options),
    models: { any: { source: ["https://example.com", "2026-11-22"] } },
    smallModel: "any",
  });
}
