import type { ProviderError } from "@llm-provider/core";
import type { GatewayTarget } from "../target/target.ts";

/** Milliseconds. A target that asks for more is not waited for. */
const longestWait = 5000;
/** Milliseconds. So much chance keeps the callers of one outage from coming back together. */
const jitter = 250;

/** Milliseconds before the targets are asked once more; undefined where none of them can be asked soon. */
export function pauseBefore(again: readonly { target: GatewayTarget; error: ProviderError }[]): number | undefined {
  const waits = again.flatMap(({ target, error: { retryAfter = 0 } }) => {
    const closed = target.health.wait()?.milliseconds;
    // What the endpoint did not ask for itself is for others to wait for: the breaker, and a rate limit without a time.
    return closed === undefined || closed > retryAfter || retryAfter > longestWait ? [] : [retryAfter];
  });
  return waits.length === 0 ? undefined : Math.min(...waits) + 5 + Math.random() * jitter;
}
