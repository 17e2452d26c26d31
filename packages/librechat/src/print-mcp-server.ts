import { printBlock } from "./config/print-value.ts";
import type { McpServer } from "./mcp-server.ts";

/** A server as the YAML of one entry of `mcpServers`. */
export function printMcpServer(name: string, server: McpServer): string {
  return `${printBlock({ mcpServers: { [name]: server } }).join("\n")}\n`;
}
