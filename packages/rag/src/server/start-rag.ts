import { serveApp, type RunningServer, type ServerOptions } from "@llm-provider/server";
import type { MiddlewareHandler } from "hono";
import { every } from "hono/combine";
import pLimit from "p-limit";
import { authorize } from "./authorize.ts";
import { createRagApp } from "./create-rag-app.ts";
import { defaultMaxFile, type RagSettings } from "./rag-state.ts";

/** How a server is started. */
export interface RagOptions extends RagSettings, Pick<ServerOptions, "host" | "port"> {
  /** LibreChat's JWT_SECRET, with which it signs its requests. */
  readonly secret: string;
}

/** Where rag_api listens, which LibreChat's examples of RAG_API_URL name. */
export const defaultPort = 8000;
/** What a form has beside its file. */
const formOverhead = 64 * 1024;
/** Uploads whose bodies are in memory. Further ones wait, unread, so that they cannot fill it. */
const mostUploads = 8;
/** Milliseconds that a body may wait for its turn. */
const longestWait = 30 * 60_000;

/**
 * Serves LibreChat's file search. The store stays open when the server is closed.
 * @throws Error with a sentence where the secret is empty, or the port cannot be bound.
 */
export async function startRag(options: RagOptions): Promise<RunningServer> {
  const { secret, host = "127.0.0.1", port = defaultPort, maxFile = defaultMaxFile } = options;
  if (secret.trim() === "") throw new Error("The secret is empty: give the JWT_SECRET of LibreChat's .env.");
  return serveApp(createRagApp(options), {
    host,
    port,
    authorize: every(authorize(secret), takeTurns()),
    maxBody: maxFile + formOverhead,
    // A long file takes a local model minutes.
    timeout: 0,
    bodyTimeout: longestWait,
    toErrorBody: (message, status) => ({ detail: status === 404 ? `${message} ${routes}` : message }),
  });
}

function takeTurns(): MiddlewareHandler {
  const turn = pLimit(mostUploads);
  return (context, next) => (["/embed", "/text"].includes(context.req.path) ? turn(next) : next());
}

const routes =
  "The routes are POST /embed, /text, /query and /query_multiple, GET /health, /documents and /documents/{id}/context, DELETE /documents. A path that begins with two slashes comes from a RAG_API_URL that ends in one.";
