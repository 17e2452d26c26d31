import type { Definition } from "@llm-provider/core";

/**
 * The provider behind an endpoint: the host of its URL decides, since a gateway may carry a provider's name. A provider
 * that runs on one's own machine has no host of its own, so its port decides.
 */
export function findDefinition(
  baseURL: string | undefined,
  definitions: readonly Definition[],
): Definition | undefined {
  const url = baseURL && URL.canParse(baseURL) ? new URL(baseURL) : undefined;
  if (!url) return undefined;
  return definitions.find((definition) => {
    const own = new URL(definition.librechat?.baseURL ?? definition.baseURL);
    if (own.hostname === "localhost") return url.port === own.port;
    return own.hostname === url.hostname;
  });
}
