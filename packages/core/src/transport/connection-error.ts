import { ProviderError } from "../errors/provider-error.ts";
import type { Scrub } from "../scrubber.ts";

/**
 * The error of a request that got no answer, or lost it half way; `url` if it is known. The code for details is loaded
 * here. An offline browser may fail to load it, but a browser gives no details anyway.
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
    hint: "Check the network, and try again.",
  });
}
