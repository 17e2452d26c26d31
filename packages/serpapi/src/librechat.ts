import { isLoopback } from "@llm-provider/core/internal";
import { ownPackage } from "./own-package.ts";

export type McpServersOptions = {
  /** The server's name in LibreChat; `serpapi`. */
  name?: string;
  /** Where the server runs. Without it LibreChat starts the server itself and talks to it over stdio. */
  url?: string;
  /** Does the server at `url` ask for a token? Yes, unless said. LibreChat reads it from SERPAPI_MCP_TOKEN. */
  needsToken?: boolean;
};

/** A part of a librechat.yaml. */
export type McpServersBlock = {
  mcpServers: {
    [name: string]: { timeout: number; serverInstructions: boolean } & (
      | { type: "stdio"; command: string; args: string[]; env: { [name: string]: string }; initTimeout: number }
      | { type: "streamable-http"; url: string; headers?: { [header: string]: string }; requiresOAuth: false }
    );
  };
  /** Only for an address of a private network, which LibreChat does not reach otherwise. */
  mcpSettings?: { allowedAddresses: string[] };
};

/** Milliseconds that LibreChat waits: more than the tool's own limit, so that its sentence arrives. */
const timeout = 60_000;

/** The `mcpServers` block of a librechat.yaml. Keys stay in LibreChat's environment: the block only names them. */
export function toMcpServers({ name = "serpapi", url, needsToken = true }: McpServersOptions = {}): McpServersBlock {
  const server =
    url === undefined
      ? {
          // Without a type LibreChat takes an http address for SSE, so it is always written.
          type: "stdio" as const,
          command: "npx",
          // The version that was looked at: a newer one would run unseen, with the key.
          args: ["-y", `${ownPackage.name}@${ownPackage.version}`],
          env: { SERPAPI_API_KEY: "${SERPAPI_API_KEY}" },
          // The first start downloads the package; LibreChat gives up after 10 seconds.
          initTimeout: 60_000,
        }
      : {
          type: "streamable-http" as const,
          url,
          ...(needsToken && { headers: { Authorization: "Bearer ${SERPAPI_MCP_TOKEN}" } }),
          // LibreChat first asks without our header, takes the 401 for OAuth, and lists no tools (measured on v0.8.7).
          requiresOAuth: false as const,
        };
  const address = url === undefined ? undefined : privateAddress(url);
  const settings = address === undefined ? {} : { mcpSettings: { allowedAddresses: [address] } };
  return { mcpServers: { [name]: { ...server, timeout, serverInstructions: true } }, ...settings };
}

const privateHost = /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.|^[^.]+$|\.(internal|local|lan)$/;

/** The `host:port` that LibreChat must be told before it connects to a private network; undefined for a public host. */
function privateAddress(url: string): string | undefined {
  const { hostname, port, protocol } = new URL(url);
  if (!isLoopback(hostname) && !privateHost.test(hostname)) return undefined;
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}

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
