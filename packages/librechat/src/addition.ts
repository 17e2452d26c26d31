import type { LibreChatEndpoint } from "./librechat-endpoint.ts";
import type { McpServer } from "./mcp-server.ts";

/**
 * What goes into the file: an endpoint of `endpoints.custom`, or a server of `mcpServers` with the address that LibreChat must
 * be allowed where it is in a private network.
 */
export type Addition = { endpoint: LibreChatEndpoint } | { mcpServer: McpServer; name: string };
