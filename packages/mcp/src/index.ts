export { createMcpServer, type McpServer, type McpServerOptions } from "./create-mcp-server.ts";
export type { HttpOptions } from "./serve-http.ts";
export { serveTools, type ServeOptions, type ToolServer } from "./serve-tools.ts";
