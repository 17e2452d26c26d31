/** Without the rest of this package, for a tool's own server. */
export {
  type McpServer,
  type McpServersBlock,
  privateAddress,
  toMcpServer,
  toMcpServersBlock,
  toRemoteMcpServer,
  type ToolCommand,
  type ToolFacts,
} from "./mcp-server.ts";
