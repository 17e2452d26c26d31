import { serveApp, type RunningServer, type ServerOptions } from "@llm-provider/server";
import type { MiddlewareHandler } from "hono";
import { every } from "hono/combine";
import pLimit from "p-limit";
import { authorize } from "./authorize.ts";
import { createRagApp } from "./create-rag-app.ts";
import { defaultMaxFile, type RagSettings } from "./rag-state.ts";

/** How `startRag` serves the routes. */
export interface RagOptions extends RagSettings, Pick<ServerOptions, "host" | "port"> {
  /** LibreChat's JWT_SECRET, with which it signs its requests. */
  readonly secret: string;
}

/** The port of rag_api, which LibreChat's examples of RAG_API_URL use. */
export const defaultPort = 8000;
/** Bytes that a form may have besides its file. */
const formOverhead = 64 * 1024;
/** Uploads whose bodies are in memory at the same time. The others wait unread, so that they cannot fill the memory. */
const mostUploads = 8;
/** Milliseconds that an upload may wait until its body is read. */
const longestWait = 30 * 60_000;

/**
 * Serves LibreChat's file search. Closing the server does not close the store.
 * @throws Error with a sentence if the secret is empty or the port cannot be bound.
 */
export async function startRag(options: RagOptions): Promise<RunningServer> {
  const { secret, host = "127.0.0.1", port = defaultPort, maxFile = defaultMaxFile } = options;
  if (secret.trim() === "") throw new Error("The secret is empty: give the JWT_SECRET of LibreChat's .env.");
  return serveApp(createRagApp(options), {
    host,
    port,
    authorize: every(authorize(secret), takeTurns()),
    maxBody: maxFile + formOverhead,
    // No limit: a local model needs minutes for a long file.
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
