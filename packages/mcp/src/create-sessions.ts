import { randomUUID } from "node:crypto";
import type { Tool } from "@llm-provider/core";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { createMcpServer, type McpServer, type McpServerOptions } from "./create-mcp-server.ts";

/** The clients that are connected over HTTP, up to a limit. */
export interface Sessions {
  /** Answers an initialize request. Returns undefined if the limit is reached and every client has a running call. */
  open(request: Request, body: unknown): Promise<Response | undefined>;
  /** Answers a request of a session. Returns undefined if the session is unknown. */
  answer(id: string, request: Request, body?: unknown): Promise<Response> | undefined;
  close(): Promise<void>;
}

type Session = { transport: WebStandardStreamableHTTPServerTransport; client: McpServer; id?: string };

export function createSessions(
  tools: readonly Tool<never, unknown>[],
  options: McpServerOptions,
  maxSessions: number,
): Sessions {
  // In the order of last use. A session counts from the moment it is opened, so that simultaneous requests cannot exceed the limit.
  const sessions = new Set<Session>();
  const byId = new Map<string, Session>();

  return {
    async open(request, body) {
      // Idle sessions must not lock out new clients. A client whose session was closed opens a new one.
      const isFull = sessions.size >= maxSessions;
      const oldest = isFull ? [...sessions].find(({ client }) => client.running === 0) : undefined;
      if (isFull && !oldest) return undefined;
      const ended = oldest && end(oldest);
      const transport = new WebStandardStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => {
          session.id = id;
          byId.set(id, session);
        },
      });
      const session: Session = { transport, client: createMcpServer(tools, options) };
      sessions.add(session);
      void session.client.closed.then(() => forget(session));
      await ended;
      await session.client.server.connect(transport);
      const response = await transport.handleRequest(request, { parsedBody: body });
      // The SDK refused the request, so there is no session to keep.
      if (session.id === undefined) await end(session);
      return response;
    },
    answer(id, request, body) {
      const session = byId.get(id);
      if (!session) return undefined;
      sessions.delete(session);
      sessions.add(session);
      return session.transport.handleRequest(request, { parsedBody: body });
    },
    async close() {
      await Promise.all([...sessions].map(end));
    },
  };

  function forget(session: Session): void {
    sessions.delete(session);
    if (session.id !== undefined) byId.delete(session.id);
  }

  async function end(session: Session): Promise<void> {
    forget(session);
    await session.transport.close();
  }
}
