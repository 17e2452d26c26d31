import {
  type McpServersBlock,
  privateAddress,
  toMcpServer,
  toMcpServersBlock,
  toRemoteMcpServer,
} from "@llm-provider/librechat/mcp";
import { ownPackage } from "./own-package.ts";
import { serpapi } from "./serpapi.ts";

export type McpServersOptions = {
  /** The server's name in LibreChat; `serpapi`. */
  name?: string;
  /** Where the server runs. Without it LibreChat starts the server itself and talks to it over stdio. */
  url?: string;
  /** Does the server at `url` need a token? True by default. LibreChat reads the token from SERPAPI_MCP_TOKEN. */
  needsToken?: boolean;
};

/** The `mcpServers` block of a librechat.yaml. Keys stay in LibreChat's environment: the block contains only their names. */
export function toMcpServers({ name = "serpapi", url, needsToken = true }: McpServersOptions = {}): McpServersBlock {
  const server =
    url === undefined
      ? // Pins the installed version: otherwise npx would run any newer one with the key.
        toMcpServer(serpapi.definition, { command: "npx", args: ["-y", `${ownPackage.name}@${ownPackage.version}`] })
      : toRemoteMcpServer(url, needsToken ? "SERPAPI_MCP_TOKEN" : undefined);
  return toMcpServersBlock(name, server);
}

export type WebSearchOptions = {
  /** Where the SearXNG-shaped endpoint runs; `http://127.0.0.1:8888`. */
  url?: string;
};

/**
 * The `webSearch` block of a librechat.yaml that sends LibreChat's own web search to the endpoint. LibreChat only accepts names of
 * environment variables for the address and the key, not values.
 */
export function toWebSearch({ url = "http://127.0.0.1:8888" }: WebSearchOptions = {}): object {
  const address = privateAddress(new URL(url));
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
