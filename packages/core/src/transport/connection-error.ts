import { ProviderError } from "../errors/provider-error.ts";
import type { Scrub } from "../scrubber.ts";

/**
 * The error of a request that got no answer, or lost it half way; `url` where it is known. What it says in detail is loaded
 * here. A browser that is offline may fail to, but a browser gives no details either.
 */
export async function connectionError(
  provider: string,
  model: string,
  url: string | undefined,
  error: unknown,
  scrub: Scrub,
): Promise<ProviderError> {
  const part = await import("./network-error.ts").catch(() => undefined);
  if (part) return part.networkError(provider, model, url, error, scrub);
  return new ProviderError("The connection failed.", {
    code: "network",
    provider,
    model: model || undefined,
    retryable: true,
    hint: "Look at the network, and try again.",
  });
}
