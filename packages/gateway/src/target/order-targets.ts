import type { ChatRequest } from "@llm-provider/core";
import { modelInfo } from "@llm-provider/core/internal";
import type { GatewayTarget, PublicModel } from "./target.ts";

/** The assumed length of an answer without a limit, in tokens. */
const usualAnswer = 1000;
/** A measured latency is out of date after this many milliseconds. */
const stale = 60_000;

/** Returns a model's targets in the order in which this request tries them. */
export function orderTargets(
  { route, targets }: PublicModel,
  request: Pick<ChatRequest, "max_tokens" | "max_completion_tokens">,
  inputTokens: number,
  random: () => number = Math.random,
): readonly GatewayTarget[] {
  if (route === "order" || targets.length < 2) return targets;
  if (route === "weight") return byWeight(targets, random);
  const rank = route === "price" ? (one: GatewayTarget) => priceOf(one, request, inputTokens) : latencyOf;
  // The sort is stable: targets of equal rank keep the configuration's order.
  return targets
    .map((target) => ({ target, rank: rank(target) }))
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank))
    .map(({ target }) => target);
}

/** Returns the price of this request with its longest answer, in micro-dollars. A target without a price comes last. */
function priceOf(
  { definition, model }: GatewayTarget,
  request: Pick<ChatRequest, "max_tokens" | "max_completion_tokens">,
  inputTokens: number,
): number {
  const info = modelInfo(definition, model);
  if (!info?.price) return Number.POSITIVE_INFINITY;
  const longest = request.max_completion_tokens ?? request.max_tokens;
  const outputTokens = typeof longest === "number" ? longest : usualAnswer;
  const tiers = [...(info.price.tiers ?? [])].sort((a, b) => b.above - a.above);
  const { input, output } = tiers.find(({ above }) => inputTokens > above) ?? info.price;
  return inputTokens * input + outputTokens * output;
}

/** Returns the average latency. A target without a recent answer comes first, so that it gets measured. */
function latencyOf({ latency }: GatewayTarget): number {
  return Date.now() - latency.at < stale ? (latency.average ?? 0) : 0;
}

function byWeight(targets: readonly GatewayTarget[], random: () => number): GatewayTarget[] {
  // Each target draws a random number. A higher weight makes a high number more likely (Efraimidis and Spirakis, 2006).
  return targets
    .map((target) => ({ target, drawn: target.weight > 0 ? random() ** (1 / target.weight) : -1 }))
    .sort((a, b) => b.drawn - a.drawn)
    .map(({ target }) => target);
}
