import type { Definition, JsonObject } from "@llm-provider/core";
import { modelInfo } from "@llm-provider/core/internal";

/** For models without a known context: LibreChat ignores the whole list if one model has no context length. */
const usualContext = 131_072;

/** OpenRouter's own list of models, from which LibreChat and others read context lengths and prices. The rest is Chat Completions. */
export const openrouterWire = {
  writeModels: (ids: readonly string[], definition: Definition): JsonObject => ({
    data: ids.map((id) => {
      const { context = usualContext, maxOutput = null, price, features = [] } = modelInfo(definition, id) ?? {};
      return {
        id,
        canonical_slug: id,
        name: id,
        created: 1_700_000_000,
        description: "",
        context_length: context,
        architecture: {
          input_modalities: features.includes("images") ? ["text", "image"] : ["text"],
          output_modalities: ["text"],
          tokenizer: "Other",
          instruct_type: null,
        },
        // US dollars per token, as text. A model without a price in the catalogue is free here.
        pricing: {
          prompt: perToken(price?.input),
          completion: perToken(price?.output),
          request: "0",
          image: "0",
          ...(price?.cached !== undefined && { input_cache_read: perToken(price.cached) }),
        },
        top_provider: { context_length: context, max_completion_tokens: maxOutput, is_moderated: false },
        per_request_limits: null,
        supported_parameters: [
          "max_tokens",
          "temperature",
          ...(features.includes("tools") ? ["tools", "tool_choice"] : []),
        ],
      };
    }),
  }),
};

/** Catalogue prices are per million tokens. */
function perToken(price = 0): string {
  return (price / 1_000_000).toFixed(12).replace(/\.?0+$/, "");
}
