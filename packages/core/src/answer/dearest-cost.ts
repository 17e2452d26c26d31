import type { Definition } from "../definition/definition.ts";
import { modelInfo } from "../definition/model-info.ts";

/** One model of an endpoint. */
interface PricedModel {
  readonly definition: Definition;
  readonly model: string;
}

/** The most tokens that an answer of the model may have; undefined where that is not known. */
export function longestAnswer({ definition, model }: PricedModel): number | undefined {
  const info = modelInfo(definition, model);
  return info?.maxOutput ?? info?.context;
}

/** The most, in US dollars, that so many tokens may cost at a model, at whatever hour; undefined where its price is not known. */
export function dearestCost(
  { definition, model }: PricedModel,
  inputTokens: number,
  outputTokens: number,
): number | undefined {
  const price = modelInfo(definition, model)?.price;
  if (!price) return undefined;
  const tier = [...(price.tiers ?? [])].sort((a, b) => b.above - a.above).find(({ above }) => inputTokens > above);
  const prices = [tier ?? price, ...(price.peak ? [price.peak] : [])];
  const input = Math.max(...prices.map((one) => Math.max(one.input, one.cacheWrite ?? 0)));
  const output = Math.max(...prices.map((one) => one.output));
  return (inputTokens * input + outputTokens * output) / 1_000_000;
}
