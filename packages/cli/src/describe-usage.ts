import type { ChatResult } from "@llm-provider/core";

/** One line: model, tokens, cost, why it stopped, what is left of the limits. */
export function describeUsage({ model, usage, finishReason, response }: ChatResult, asked: string): string {
  const parts = [model !== undefined && model !== asked ? `${asked} → ${model}` : asked];
  if (usage) {
    const cached = usage.cachedInputTokens ? ` (${usage.cachedInputTokens} cached)` : "";
    const reasoning = usage.reasoningTokens ? ` (${usage.reasoningTokens} reasoning)` : "";
    parts.push(`${usage.inputTokens} in${cached}`, `${usage.outputTokens} out${reasoning}`);
    parts.push(usage.cost === undefined ? "cost unknown" : dollars(usage.cost));
  } else parts.push("tokens not told");
  parts.push(finishReason);
  const { requests, tokens } = response.limits ?? {};
  if (requests?.remaining !== undefined) parts.push(`${requests.remaining} requests left`);
  if (tokens?.remaining !== undefined) parts.push(`${tokens.remaining} tokens left`);
  return parts.join(" · ");
}

/** A cost with as many digits as say something. */
export function dollars(cost: number): string {
  return `$${cost === 0 ? "0" : cost >= 0.01 ? cost.toFixed(4) : cost.toPrecision(2)}`;
}
