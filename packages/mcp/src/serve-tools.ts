import type { Tool } from "@llm-provider/core";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { createMcpServer, type McpServerOptions } from "./create-mcp-server.ts";
import { serveHttp, type HttpOptions } from "./serve-http.ts";

export interface ServeOptions extends McpServerOptions {
  /**
   * Streamable HTTP instead of stdio.
   * @default none: the tools are served over stdio
   */
  http?: HttpOptions;
}

/** A running MCP server. */
export interface ToolServer {
  /** The URL that clients connect to; only over HTTP. */
  readonly url?: string;
  /** Settles when the server has ended; over stdio, that is when the client closes its side. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves tools over the Model Context Protocol: over stdio, unless `http` is given. With stdio, nothing else may write to the
 * standard output. With HTTP, the server binds loopback, checks Host and Origin, and needs a token for any other address.
 * @throws TypeError if two tools have the same name; Error with a sentence if the port cannot be bound.
 */
export async function serveTools(
  tools: readonly Tool<never, unknown>[],
  { http, ...options }: ServeOptions = {},
): Promise<ToolServer> {
  // Also made for HTTP, where each client gets its own, so that duplicate tool names are refused before a port is bound.
  const { server, closed, idle } = createMcpServer(tools, options);
  if (http) {
    const { url, close } = await serveHttp(tools, options, http);
    let ended!: () => void;
    const untilClosed = new Promise<void>((resolve) => (ended = resolve));
    return { url, closed: untilClosed, close: () => close().then(ended) };
  }
  // The SDK's transport does not close at the end of its input, so the process would outlive its client. Running calls are still
  // answered.
  process.stdin.once("end", () => void idle().then(() => server.close()));
  // The client has gone: a failed write is not an error of this server.
  process.stdout.once("error", () => void server.close());
  await server.connect(new StdioServerTransport());
  return { closed, close: () => server.close() };
}
