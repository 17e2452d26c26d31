export { toMcpServers, type McpServersBlock, type McpServersOptions } from "./librechat/to-mcp-servers.ts";
export { toWebSearch, type WebSearchOptions } from "./librechat/to-web-search.ts";
