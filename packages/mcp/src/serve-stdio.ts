import type { Tool } from "@llm-provider/core";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { createMcpServer } from "./create-mcp-server.ts";
import type { ToolServer } from "./tool-server.ts";

/** Serves the process that started this one, over its standard input and output. */
export async function serveStdio(
  tools: readonly Tool<never, unknown>[],
  identity: { name: string; version: string; instructions?: string },
): Promise<ToolServer> {
  let ended!: () => void;
  const closed = new Promise<void>((resolve) => (ended = resolve));
  const { server, idle } = createMcpServer(tools, identity, ended);
  // The SDK's transport does not end with its input, and the process would outlive its client. What was asked is still answered.
  process.stdin.once("end", () => void idle().then(() => server.close()));
  // A client that is gone reads no answers: writing to it is no failure of ours.
  process.stdout.once("error", () => void server.close());
  await server.connect(new StdioServerTransport());
  return { closed, close: () => server.close() };
}
