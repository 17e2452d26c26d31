import { modelInfo } from "@llm-provider/core/internal";
import type { GatewayTarget } from "../target/target.ts";

/** Budgets are counted in whole millionths of a dollar: sums of fractions are not exact. */
export const microsPerDollar = 1_000_000;

/** Whole micro-dollars, rounded up: nothing is free because it is small. */
export function toMicros(dollars: number): number {
  // What a multiplication adds at the sixteenth digit is no money.
  return Math.max(0, Math.ceil(dollars * microsPerDollar - 1e-6));
}

/** The most, in US dollars, that so many tokens may cost at a target, at whatever hour; undefined where its price is not known. */
export function dearestCost(
  { definition, model }: Pick<GatewayTarget, "definition" | "model">,
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
