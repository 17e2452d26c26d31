import { chatCompletions, type ChatCompletionsOptions, defineProvider, type ProviderFactory } from "@llm-provider/core";
import { deepseek } from "../../../deepseek/src/index.ts";
import { fireworks } from "../../../fireworks/src/index.ts";
import { groq } from "../../../groq/src/index.ts";
import { mistral } from "../../../mistral/src/index.ts";
import { ollama } from "../../../ollama/src/index.ts";
import { ollamaWire } from "../../../ollama/src/twin.ts";
import { openai as openaiProvider } from "../../../openai/src/index.ts";
import { openrouter } from "../../../openrouter/src/index.ts";
import { xai } from "../../../xai/src/index.ts";
import { openaiWire, type Wire } from "../../src/index.ts";

/** One row of options a provider, and none a case. */
export const providers: { readonly [id: string]: { readonly factory: ProviderFactory; readonly wire: Wire } } = {
  deepseek: { factory: deepseek, wire: openaiWire },
  fireworks: { factory: fireworks, wire: openaiWire },
  groq: { factory: groq, wire: openaiWire },
  mistral: { factory: mistral, wire: openaiWire },
  ollama: { factory: ollama, wire: ollamaWire },
  openai: { factory: openaiProvider, wire: openaiWire },
  openrouter: { factory: openrouter, wire: openaiWire },
  xai: { factory: xai, wire: openaiWire },
  // No adapter of ours: the bare dialect.
  alibaba: { factory: bare("alibaba"), wire: openaiWire },
  "anthropic-compat": { factory: bare("anthropic-compat"), wire: openaiWire },
  azure: { factory: bare("azure", { usage: "asked" }), wire: openaiWire },
  perplexity: { factory: bare("perplexity"), wire: openaiWire },
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
