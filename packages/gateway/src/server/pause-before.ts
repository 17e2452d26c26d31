import type { ProviderError } from "@llm-provider/core";
import type { GatewayTarget } from "../target/target.ts";

/** Milliseconds. A target that asks for a longer wait is not tried again. */
const longestWait = 5000;
/** Milliseconds of random delay, so that callers do not all come back at the same moment after an outage. */
const jitter = 250;

/** Milliseconds to wait before the targets are tried again. Undefined if none of them is available soon. */
export function pauseBefore(again: readonly { target: GatewayTarget; error: ProviderError }[]): number | undefined {
  const waits = again.flatMap(({ target, error: { retryAfter = 0 } }) => {
    const closed = target.health.wait()?.milliseconds;
    // Only waits that the endpoint asked for are worth it, not the breaker's, nor those after a rate limit without a time.
    return closed === undefined || closed > retryAfter || retryAfter > longestWait ? [] : [retryAfter];
  });
  return waits.length === 0 ? undefined : Math.min(...waits) + 5 + Math.random() * jitter;
}
