import { privateAddress } from "./private-address.ts";

export type WebSearchOptions = {
  /** Where the SearXNG-shaped endpoint runs; `http://127.0.0.1:8888`. */
  url?: string;
};

/**
 * The `webSearch` block of a librechat.yaml that sends LibreChat's own web search to the endpoint. The address and the key
 * must be names of environment variables: LibreChat takes no values here.
 */
export function toWebSearch({ url = "http://127.0.0.1:8888" }: WebSearchOptions = {}): object {
  const address = privateAddress(url);
  return {
    webSearch: {
      searchProvider: "searxng",
      searxngInstanceUrl: "${SEARXNG_INSTANCE_URL}",
      searxngApiKey: "${SEARXNG_API_KEY}",
      ...(address !== undefined && { allowedAddresses: [address] }),
      searxngSearchOptions: { timeout: 15_000 },
    },
  };
}
