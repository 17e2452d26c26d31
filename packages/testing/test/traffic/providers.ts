import { chatCompletions, type ChatCompletionsOptions, defineProvider, type ProviderFactory } from "@llm-provider/core";
import { loadOwnProviders } from "../../../../test/own-packages.ts";

/** Options for each provider, the same for all its cases. */
export const providers: { readonly [id: string]: ProviderFactory } = {
  ...Object.fromEntries(await loadOwnProviders()),
  // Without an adapter of ours: the bare dialect.
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
