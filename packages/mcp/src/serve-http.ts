import type { IncomingMessage, ServerResponse } from "node:http";
import type { Tool } from "@llm-provider/core";
import { isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import { createSessions } from "./create-sessions.ts";
import { readJsonBody } from "./read-json-body.ts";
import type { ToolServer } from "./tool-server.ts";
import type { LocalServerOptions } from "./local-server-options.ts";
import { startLocalServer } from "./start-local-server.ts";
import { writeJson } from "./write-json.ts";

export type HttpOptions = Omit<LocalServerOptions, "secret" | "secretHeader"> & {
  /** What clients send as `Authorization: Bearer …`. */
  token?: string;
  /** Where clients connect; `/mcp`. */
  path?: string;
  /** Clients at once; 100. */
  maxSessions?: number;
  /** Milliseconds after which a silent client's place may be given away; 30 minutes. */
  sessionIdle?: number;
  /** Bytes of one request; 1 MiB. */
  maxBody?: number;
};

/** Serves any number of clients over streamable HTTP, each with a session of its own. */
export async function serveHttp(
  tools: readonly Tool<never, unknown>[],
  identity: { name: string; version: string; instructions?: string },
  options: HttpOptions,
): Promise<ToolServer> {
  const { token, path = "/mcp", maxSessions = 100, sessionIdle = 30 * 60_000, maxBody = 1024 * 1024 } = options;
  const sessions = createSessions(tools, identity, { maxSessions, sessionIdle });
  let ended!: () => void;
  const closed = new Promise<void>((resolve) => (ended = resolve));

  const server = await startLocalServer({ ...options, ...(token !== undefined && { secret: token }) }, handle);
  return {
    url: server.url + path,
    closed,
    async close() {
      await sessions.close();
      await server.close();
      ended();
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (new URL(request.url ?? "/", "http://localhost").pathname !== path)
      return writeJson(response, 404, { error: `There is nothing here: connect to ${path}.` });
    // Nothing is ever said unasked, so there is no stream to open with GET.
    if (request.method !== "POST" && request.method !== "DELETE")
      return writeJson(response, 405, { error: "Use POST." }, { allow: "POST, DELETE" });

    const id = request.headers["mcp-session-id"];
    if (request.method === "DELETE") return forward(request, response, id, undefined);
    const read = await readJsonBody(request, maxBody);
    if ("problem" in read) return writeJson(response, read.problem.status, { error: read.problem.message });
    if (id === undefined && isInitializeRequest(read.body)) {
      const session = await sessions.open();
      if (!session)
        return writeJson(response, 503, { error: "Too many clients are connected." }, { "retry-after": "60" });
      await session.handleRequest(request, response, read.body);
      // The SDK refused it: no session came of it, and its place is free again.
      if (session.sessionId === undefined) await session.close();
      return;
    }
    return forward(request, response, id, read.body);
  }

  async function forward(
    request: IncomingMessage,
    response: ServerResponse,
    id: string | string[] | undefined,
    body: unknown,
  ): Promise<void> {
    if (typeof id !== "string")
      return writeJson(response, 400, { error: "Begin with an initialize request, then send Mcp-Session-Id." });
    const session = sessions.find(id);
    if (!session) return writeJson(response, 404, { error: "This session has ended: initialize a new one." });
    return session.handleRequest(request, response, body);
  }
}
