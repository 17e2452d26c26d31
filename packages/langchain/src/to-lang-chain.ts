import { Embeddings, type EmbeddingsParams } from "@langchain/core/embeddings";
import type { Provider } from "@llm-provider/core";
import { LangChainModel, type LangChainOptions } from "./lang-chain-model.ts";

/** Returns a LangChain chat model over any provider. Core retries as the provider is configured; LangChain sends a request once. */
export function toLangChain<Id extends string, Own extends object>(
  provider: Provider<Id, Own>,
  options: LangChainOptions<Id, Own>,
): LangChainModel<Own> {
  return new LangChainModel<Own>(provider as Provider, options as LangChainOptions);
}

/** The model, and parameters of every request under their wire names. */
export interface LangChainEmbeddingsOptions extends EmbeddingsParams {
  model: string;
  dimensions?: number;
  parameters?: { readonly [parameter: string]: unknown };
}

/** Returns LangChain embeddings over any provider that serves them. */
export function toLangChainEmbeddings(provider: Provider, options: LangChainEmbeddingsOptions): Embeddings {
  return new ProviderEmbeddings(provider, options);
}

class ProviderEmbeddings extends Embeddings {
  readonly #provider: Provider;
  readonly #options: LangChainEmbeddingsOptions;

  constructor(provider: Provider, options: LangChainEmbeddingsOptions) {
    super(options);
    this.#provider = provider;
    this.#options = options;
  }

  override async embedDocuments(input: string[]): Promise<number[][]> {
    const { model, dimensions, parameters, maxRetries } = this.#options;
    if (input.length === 0) return [];
    const request = { ...parameters, model, input, ...(dimensions && { dimensions }) };
    return (await this.#provider.embed(request, { maxRetries })).embeddings;
  }

  override async embedQuery(text: string): Promise<number[]> {
    return (await this.embedDocuments([text]))[0]!;
  }
}
