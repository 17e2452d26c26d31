import type { ModelInfo, Price } from "@llm-provider/core";

/** The cells of a model: window, longest answer, price, what it can do. */
export function describeModel({ context, maxOutput, price, features = [], retired, aliasOf }: ModelInfo): string[] {
  if (retired) return ["", "", "", `retired on ${retired.on}: use \`${retired.use}\``];
  const abilities = [...(aliasOf ? [`another name of \`${aliasOf}\``] : []), ...features].join(", ");
  return [count(context), count(maxOutput), price ? describePrices(price) : "", abilities];
}

function count(tokens: number | undefined): string {
  return tokens === undefined ? "" : tokens.toLocaleString("en-US");
}

function describePrices(price: NonNullable<ModelInfo["price"]>): string {
  const tiers = (price.tiers ?? []).map((tier) => `above ${count(tier.above)} tokens ${describePrice(tier)}`);
  const peak = price.peak ? [`at peak hours ${describePrice(price.peak)}`] : [];
  return [describePrice(price), ...tiers, ...peak].join("; ");
}

function describePrice({ input, output, cached, cacheWrite }: Price): string {
  const cache = [cached !== undefined && `cached ${cached}`, cacheWrite !== undefined && `cache write ${cacheWrite}`];
  const extra = cache.filter((part) => part !== false).join(", ");
  return `${input} / ${output}${extra && ` (${extra})`}`;
}
