import type { LibreChatEndpoint } from "./librechat-endpoint.ts";
import type { McpServer } from "./mcp-server.ts";

/** What goes into the file: an endpoint of `endpoints.custom`, or a server of `mcpServers`. */
export type Addition = { endpoint: LibreChatEndpoint } | { mcpServer: McpServer; name: string };
