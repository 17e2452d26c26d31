import type { Tool } from "@llm-provider/core";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { createMcpServer, type McpServerOptions } from "./create-mcp-server.ts";
import { serveHttp, type HttpOptions } from "./serve-http.ts";

export interface ServeOptions extends McpServerOptions {
  /**
   * Streamable HTTP in place of stdio.
   * @default none: the tools are served over stdio
   */
  http?: HttpOptions;
}

/** A running MCP server. */
export interface ToolServer {
  /** Where clients connect; over HTTP only. */
  readonly url?: string;
  /** Settles when the server has ended: over stdio, when the client has closed its side. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves tools over the Model Context Protocol: stdio unless `http` is given. Over stdio nothing else may write to the
 * standard output. Over HTTP the server binds loopback, checks Host and Origin, and needs a token for any other address.
 * @throws TypeError where two tools have the same name; Error with a sentence where the port cannot be bound.
 */
export async function serveTools(
  tools: readonly Tool<never, unknown>[],
  { http, ...options }: ServeOptions = {},
): Promise<ToolServer> {
  // Made for HTTP too, where each client gets another: it refuses two tools of one name before any port is bound.
  const { server, closed, idle } = createMcpServer(tools, options);
  if (http) {
    const { url, close } = await serveHttp(tools, options, http);
    let ended!: () => void;
    const untilClosed = new Promise<void>((resolve) => (ended = resolve));
    return { url, closed: untilClosed, close: () => close().then(ended) };
  }
  // The SDK's transport does not end with its input, and the process would outlive its client. What was asked is still answered.
  process.stdin.once("end", () => void idle().then(() => server.close()));
  // A client that has gone reads no answers: the failed write is not an error of this server.
  process.stdout.once("error", () => void server.close());
  await server.connect(new StdioServerTransport());
  return { closed, close: () => server.close() };
}
