import type { AnswerSummary } from "../chat/dialect.ts";
import type { Definition } from "../definition/definition.ts";
import type { Price } from "../definition/model-info.ts";
import type { Usage } from "../chat/chat-event.ts";

/** What a request named: the model, as the caller wrote it and on the wire, and the class of service where it asked for one. */
export type Asked = { readonly model: string; readonly wireModel?: unknown; readonly tier?: unknown };

/** Classes of service that cost what the catalogue says. */
const usualTiers: readonly unknown[] = [undefined, null, "auto", "default", "standard", "on_demand"];

/**
 * US dollars for a usage, only where nothing is in doubt: a model with one price at all hours, the usual class of service, the
 * tier told by the input, cached tokens with a price of their own, counts that add up. A wrong cost is worse than none.
 */
export function costOf(
  definition: Definition,
  asked: Asked,
  answered: AnswerSummary,
  usage: Usage,
): number | undefined {
  const wireModel = typeof asked.wireModel === "string" ? asked.wireModel : asked.model;
  const price = priceOf(definition, asked.model) ?? priceOf(definition, wireModel);
  if (!price || price.peak || price.cacheWrite !== undefined) return undefined;
  if (!usualTiers.includes(asked.tier) || !usualTiers.includes(answered.tier)) return undefined;
  // The endpoint may have routed to another model of its catalogue.
  const { model = wireModel } = answered;
  if (model !== asked.model && model !== wireModel && priceOf(definition, model)) return undefined;
  const { inputTokens, outputTokens, totalTokens, cachedInputTokens: cachedTokens = 0 } = usage;
  if (inputTokens + outputTokens !== totalTokens || cachedTokens > inputTokens) return undefined;
  const tiers = [...(price.tiers ?? [])].sort((a, b) => b.above - a.above);
  const { input, output, cached }: Price = tiers.find((tier) => inputTokens > tier.above) ?? price;
  if (cachedTokens > 0 && cached === undefined) return undefined;
  return ((inputTokens - cachedTokens) * input + cachedTokens * (cached ?? 0) + outputTokens * output) / 1_000_000;
}

function priceOf(definition: Definition, model: string): Definition["models"][string]["price"] {
  return Object.hasOwn(definition.models, model) ? definition.models[model]?.price : undefined;
}
