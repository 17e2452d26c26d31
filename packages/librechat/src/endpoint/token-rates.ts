import type { ModelInfo } from "@llm-provider/core";
import type { TokenRates } from "../librechat-endpoint.ts";

/**
 * LibreChat's window and rates for a model, from the catalogue; `undefined` where no window is known. LibreChat asks for
 * both rates: a model without a price gets 0, which LibreChat counts as free.
 */
export function tokenRates({ context, price }: ModelInfo): TokenRates | undefined {
  if (context === undefined) return undefined;
  return {
    prompt: price?.input ?? 0,
    completion: price?.output ?? 0,
    context,
    ...(price?.cached === undefined ? {} : { cacheRead: price.cached }),
    ...(price?.cacheWrite === undefined ? {} : { cacheWrite: price.cacheWrite }),
  };
}
