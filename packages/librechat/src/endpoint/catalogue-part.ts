import type { Definition, ModelInfo } from "@llm-provider/core";
import { modelInfo } from "@llm-provider/core/internal";
import type { LibreChatEndpoint, TokenRates } from "../librechat-endpoint.ts";
import { explainer, type Part } from "./explained-line.ts";
import { librechatPages } from "./librechat-pages.ts";
import { offeredModels } from "./offered-models.ts";

/** The facts of the catalogue: the models, the one for titles, windows and prices. */
export function cataloguePart(definition: Definition): Part {
  const { name, models, smallModel, librechat: known } = definition;
  const line = explainer(definition);
  const offered = offeredModels(definition);
  const fetch = known?.fetch === true;
  const titleModel = known?.titleModel ?? smallModel;
  const lines = [
    ...offered.map((model, index) =>
      line(["models", "default", index], describeModel(definition, model), models[model]!.source),
    ),
    fetch
      ? line(
          ["models", "fetch"],
          `LibreChat fetches ${name}'s own list; the models above are the fallback.`,
          librechatPages.endpoint,
        )
      : line(
          ["models", "fetch"],
          "The list above is curated: the endpoint's own list may contain models that cannot chat.",
          librechatPages.endpoint,
        ),
    line(["titleConvo"], "Conversations get a title.", librechatPages.shared),
    known?.titleModel
      ? line(["titleModel"], "The model of the conversation, so that no second model has to be loaded.", known.source)
      : line(
          ["titleModel"],
          `Titles by the small model${priceText(definition, smallModel)}.`,
          models[smallModel]!.source,
        ),
  ];
  const keys: Partial<LibreChatEndpoint> = {
    models: { default: offered, fetch },
    titleConvo: true,
    titleModel,
  };
  const tokenConfig: { [model: string]: TokenRates } = {};
  // A static table would switch off the live one for every other model too.
  if (!known?.fetchesTokenConfig) {
    for (const model of offered) {
      const rates = tokenRates(modelInfo(definition, model)!);
      if (!rates) continue;
      tokenConfig[model] = rates;
      lines.push(line(["tokenConfig", model], describeRates(definition, model), models[model]!.source));
    }
  }
  if (Object.keys(tokenConfig).length > 0) keys.tokenConfig = tokenConfig;
  return { keys, lines };
}

function describeModel(definition: Definition, id: string): string {
  const { context, features, aliasOf } = modelInfo(definition, id)!;
  const parts = [
    ...(aliasOf ? [`An alias of ${aliasOf}`] : []),
    ...(context ? [`${context.toLocaleString("en-US")} tokens`] : []),
    ...(features && features.length > 0 ? [features.join(", ")] : []),
  ];
  return parts.length > 0 ? `${parts.join("; ")}.` : "In the catalogue, without further facts.";
}

function describeRates(definition: Definition, id: string): string {
  const { price } = modelInfo(definition, id)!;
  if (!price)
    return "The window; without it, LibreChat assumes its own. No price is known: at 0, LibreChat counts it as free.";
  const extra = price.peak ? " More at peak hours." : price.tiers ? " More for long prompts." : "";
  return `Window, and US dollars per million tokens; without it LibreChat assumes its own.${extra}`;
}

function priceText(definition: Definition, id: string): string {
  const price = modelInfo(definition, id)?.price;
  return price ? `: $${price.input} in, $${price.output} out per million tokens` : "";
}

/**
 * LibreChat's window and rates for a model, from the catalogue; `undefined` if no window is known. LibreChat requires
 * both rates: a model without a price gets 0, which LibreChat counts as free.
 */
function tokenRates({ context, price }: ModelInfo): TokenRates | undefined {
  if (context === undefined) return undefined;
  return {
    prompt: price?.input ?? 0,
    completion: price?.output ?? 0,
    context,
    ...(price?.cached === undefined ? {} : { cacheRead: price.cached }),
    ...(price?.cacheWrite === undefined ? {} : { cacheWrite: price.cacheWrite }),
  };
}
