import { ProviderError } from "@llm-provider/core";
import type { GatewayTarget } from "../target/target.ts";

/** The error if no target is available: 429 if one of them is rate-limited, otherwise 503. */
export function refuseAll(model: string, chain: readonly GatewayTarget[]): ProviderError {
  const waits = chain.flatMap(({ health }) => health.wait() ?? []);
  const isRateLimit = waits.some((wait) => wait.isRateLimit);
  const why = chain.map(({ name, health }) => {
    const { state, message } = health.state();
    return `${name} is ${state === "out" ? "out until the configuration changes" : state}${message ? ` (${message})` : ""}`;
  });
  return new ProviderError(`No target of ${model} can be asked now.`, {
    code: isRateLimit ? "rate-limit" : "overloaded",
    provider: "gateway",
    status: isRateLimit ? 429 : 503,
    retryable: true,
    ...(waits.length > 0 && { retryAfter: Math.min(...waits.map(({ milliseconds }) => milliseconds)) }),
    hint: why.join("; "),
  });
}
