import {
  type EmbeddingModelV4,
  type JSONObject,
  type LanguageModelV4,
  NoSuchModelError,
  type ProviderV4,
} from "@ai-sdk/provider";
import type { ChatRequest, Provider } from "@llm-provider/core";
import { toLanguageModel } from "./to-language-model.ts";
import { toWarnings } from "./open-call.ts";
import { toAiSdkError } from "./to-error.ts";
import { bridgeKey } from "./to-messages.ts";

/** An AI SDK provider. `acme("model")` is short for `acme.languageModel("model")`. */
export interface AiSdkProvider<Id extends string = string, Own extends object = {}> extends ProviderV4 {
  (modelId: Id): LanguageModelV4;
  languageModel(modelId: Id): LanguageModelV4;
  /** Returns `providerOptions` with these wire parameters, typed by the definition. */
  options(parameters: Partial<ChatRequest<Id, Own>>): { [bridgeKey]: JSONObject };
}

/** Turns any provider into an AI SDK provider. Errors are AI SDK's own, with the `ProviderError` as `cause`. AI SDK retries; core does not. */
export function toAiSdk<Id extends string, Own extends object>(provider: Provider<Id, Own>): AiSdkProvider<Id, Own> {
  const languageModel = (modelId: string): LanguageModelV4 => toLanguageModel(provider as Provider, modelId);
  return Object.assign((modelId: Id) => languageModel(modelId), {
    specificationVersion: "v4" as const,
    languageModel,
    embeddingModel: (modelId: string) => toEmbeddingModel(provider as Provider, modelId),
    imageModel(modelId: string): never {
      throw new NoSuchModelError({ modelId, modelType: "imageModel" });
    },
    options: (parameters: object) => ({ [bridgeKey]: parameters as JSONObject }),
  });
}

function toEmbeddingModel(provider: Provider, modelId: string): EmbeddingModelV4 {
  return {
    specificationVersion: "v4",
    provider: provider.id,
    modelId,
    maxEmbeddingsPerCall: provider.definition?.embeddings?.maxInputs,
    supportsParallelCalls: true,
    async doEmbed({ values: input, dimensions, providerOptions = {}, headers, abortSignal: signal }) {
      const own = { ...providerOptions[bridgeKey], ...providerOptions[provider.id] };
      const request = { model: modelId, input, ...(dimensions && { dimensions }), ...own };
      try {
        const { embeddings, usage, changes, response } = await provider.embed(request, {
          signal,
          headers,
          maxRetries: 0,
        });
        const { inputTokens: tokens, cost } = usage ?? {};
        return {
          embeddings,
          ...(tokens !== undefined && { usage: { tokens } }),
          ...(cost !== undefined && { providerMetadata: { [bridgeKey]: { cost } } }),
          response: { headers: response.headers },
          warnings: toWarnings(changes),
        };
      } catch (error) {
        throw toAiSdkError(error, { body: request }, signal);
      }
    },
  };
}
