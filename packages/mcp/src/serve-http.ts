import type { Tool } from "@llm-provider/core";
import { serveApp, type RunningServer, type ServerOptions } from "@llm-provider/server";
import { isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import { type Context, Hono } from "hono";
import type { McpServerOptions } from "./create-mcp-server.ts";
import { createSessions } from "./create-sessions.ts";

/** Options for streamable HTTP. Clients send the token as `Authorization: Bearer …`. */
export interface HttpOptions extends Omit<ServerOptions, "tokenHeader" | "publicPaths"> {
  /**
   * The path that clients connect to.
   * @default "/mcp"
   */
  path?: string;
  /**
   * The most clients at once. A further client replaces the one that has been idle for the longest time.
   * @default 100
   */
  maxSessions?: number;
}

/** Serves any number of clients over streamable HTTP, each with a session of its own. */
export async function serveHttp(
  tools: readonly Tool<never, unknown>[],
  options: McpServerOptions,
  http: HttpOptions,
): Promise<RunningServer> {
  const { path = "/mcp", maxSessions = 100 } = http;
  const sessions = createSessions(tools, options, maxSessions);
  const app = new Hono()
    .post(path, async (context) => {
      const body: unknown = await context.req.json().catch(() => undefined);
      if (body === undefined) return context.json({ error: "The request's body is not JSON." }, 400);
      if (context.req.header("mcp-session-id") !== undefined || !isInitializeRequest(body))
        return forward(context, body);
      const opened = await sessions.open(context.req.raw, body);
      return opened ?? context.json({ error: "Too many clients are connected." }, 503, { "retry-after": "60" });
    })
    .delete(path, (context) => forward(context))
    // The server never sends messages on its own, so there is no stream to open with GET.
    .all(path, (context) => context.json({ error: "Use POST." }, 405, { allow: "POST, DELETE" }))
    .all("*", (context) => context.json({ error: `There is nothing here: connect to ${path}.` }, 404));

  const server = await serveApp(app, http);
  return {
    url: server.url + path,
    async close() {
      await sessions.close();
      await server.close();
    },
  };

  async function forward(context: Context, body?: unknown): Promise<Response> {
    const id = context.req.header("mcp-session-id");
    if (id === undefined)
      return context.json({ error: "Begin with an initialize request, then send Mcp-Session-Id." }, 400);
    const answer = await sessions.answer(id, context.req.raw, body);
    return answer ?? context.json({ error: "This session has ended: initialize a new one." }, 404);
  }
}
