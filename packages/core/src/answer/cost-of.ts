import type { AnswerSummary } from "../chat/dialect.ts";
import type { Definition } from "../definition/definition.ts";
import { modelInfo, type Price } from "../definition/model-info.ts";
import type { Usage } from "../chat/chat-event.ts";

/** The model that a request named, as the caller wrote it and on the wire, and the class of service if it asked for one. */
export type Asked = { readonly model: string; readonly wireModel?: unknown; readonly tier?: unknown };

/** Classes of service that cost what the catalogue says. */
const usualTiers: readonly unknown[] = [undefined, null, "auto", "default", "standard", "on_demand"];

/**
 * US dollars for a usage, only if every part is certain: a model with one price at all hours, the usual class of service, the
 * tier told by the input, cached tokens with a price of their own, counts that add up. A wrong cost is worse than none.
 */
export function costOf(
  definition: Definition,
  asked: Asked,
  answered: AnswerSummary,
  usage: Usage,
): number | undefined {
  const wireModel = typeof asked.wireModel === "string" ? asked.wireModel : asked.model;
  const priced = [asked.model, wireModel].find((id) => modelInfo(definition, id)?.price);
  const price = priced === undefined ? undefined : modelInfo(definition, priced)?.price;
  if (priced === undefined || !price || price.peak || price.cacheWrite !== undefined) return undefined;
  if (!usualTiers.includes(asked.tier) || !usualTiers.includes(answered.tier)) return undefined;
  const { model = wireModel } = answered;
  if (model !== asked.model && model !== wireModel && isAnother(definition, priced, model)) return undefined;
  const { inputTokens, outputTokens, totalTokens, cachedInputTokens: cachedTokens = 0 } = usage;
  if (inputTokens + outputTokens !== totalTokens || cachedTokens > inputTokens) return undefined;
  const tiers = [...(price.tiers ?? [])].sort((a, b) => b.above - a.above);
  const { input, output, cached }: Price = tiers.find((tier) => inputTokens > tier.above) ?? price;
  if (cachedTokens > 0 && cached === undefined) return undefined;
  return ((inputTokens - cachedTokens) * input + cachedTokens * (cached ?? 0) + outputTokens * output) / 1_000_000;
}

/** The endpoint may have routed to another model of its catalogue, or may have moved an alias to a newer model. */
function isAnother(definition: Definition, asked: string, answered: string): boolean {
  const aliasOf = modelInfo(definition, asked)?.aliasOf;
  const known = modelInfo(definition, answered);
  if ((known?.aliasOf ?? answered) === (aliasOf ?? asked)) return false;
  return known?.price !== undefined || (aliasOf !== undefined && !answered.startsWith(aliasOf));
}
