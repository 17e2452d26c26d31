import { randomUUID } from "node:crypto";
import type { Tool } from "@llm-provider/core";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createMcpServer } from "./create-mcp-server.ts";

export type Sessions = {
  /** A place for a new client; undefined where all are taken by clients that are not silent. */
  open(): Promise<StreamableHTTPServerTransport | undefined>;
  find(id: string): StreamableHTTPServerTransport | undefined;
  close(): Promise<void>;
};

type Session = { transport: StreamableHTTPServerTransport; id?: string; lastUsed: number };

/** The clients that are connected, no more than a given number. */
export function createSessions(
  tools: readonly Tool<never, unknown>[],
  identity: { name: string; version: string; instructions?: string },
  { maxSessions, sessionIdle }: { maxSessions: number; sessionIdle: number },
): Sessions {
  // A session counts from the moment it is opened, so that many at once cannot pass the limit.
  const sessions = new Set<Session>();
  const byId = new Map<string, Session>();

  return {
    async open() {
      if (sessions.size >= maxSessions) await giveUpSilent();
      if (sessions.size >= maxSessions) return undefined;
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => {
          session.id = id;
          byId.set(id, session);
        },
      });
      const session: Session = { transport, lastUsed: Date.now() };
      sessions.add(session);
      const { server } = createMcpServer(tools, identity, () => {
        sessions.delete(session);
        if (session.id !== undefined) byId.delete(session.id);
      });
      await server.connect(transport);
      return transport;
    },
    find(id) {
      const session = byId.get(id);
      if (session) session.lastUsed = Date.now();
      return session?.transport;
    },
    async close() {
      await Promise.all([...sessions].map(({ transport }) => transport.close()));
    },
  };

  async function giveUpSilent(): Promise<void> {
    const silent = [...sessions].filter(({ lastUsed }) => Date.now() - lastUsed > sessionIdle);
    await Promise.all(silent.map(({ transport }) => transport.close()));
  }
}
