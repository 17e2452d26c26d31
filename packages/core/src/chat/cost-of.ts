import type { Usage } from "./chat-event.ts";
import type { Definition, Price } from "../definition/definition.ts";

/**
 * US dollars for a usage, only where nothing is in doubt: a model with one price at all hours, the tier told by the input,
 * cached tokens with a price of their own. A wrong cost is worse than none.
 */
export function costOf(
  definition: Definition,
  asked: string,
  answered: string | undefined,
  usage: Usage,
): number | undefined {
  const price = priceOf(definition, asked);
  if (!price || price.peak || price.cacheWrite !== undefined) return undefined;
  // The endpoint may have routed to another model of its catalogue.
  if (answered !== undefined && answered !== asked && priceOf(definition, answered)) return undefined;
  const tiers = [...(price.tiers ?? [])].sort((a, b) => b.above - a.above);
  const { input, output, cached }: Price = tiers.find((tier) => usage.inputTokens > tier.above) ?? price;
  const cachedTokens = usage.cachedInputTokens ?? 0;
  if (cachedTokens > 0 && cached === undefined) return undefined;
  return (
    ((usage.inputTokens - cachedTokens) * input + cachedTokens * (cached ?? 0) + usage.outputTokens * output) /
    1_000_000
  );
}

function priceOf(definition: Definition, model: string): Definition["models"][string]["price"] {
  return Object.hasOwn(definition.models, model) ? definition.models[model]?.price : undefined;
}
