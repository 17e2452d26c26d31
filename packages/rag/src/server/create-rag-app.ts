import { ProviderError } from "@llm-provider/core";
import { type Context, Hono } from "hono";
import { DocumentError } from "../text/document-error.ts";
import type { RagEnv } from "./authorize.ts";
import { documentRoutes } from "./document-routes.ts";
import { queryRoutes } from "./query-routes.ts";
import type { RagSettings } from "./rag-state.ts";
import { refuse } from "./refuse.ts";
import { uploadRoutes } from "./upload-routes.ts";

/**
 * The routes of rag_api that LibreChat calls (danny-avila/rag_api@4985b37, read 2026-11-29). They expect a middleware such as
 * `authorize` in front, which checks the token and sets `user`; `startRag` adds it.
 */
export function createRagApp(settings: RagSettings): Hono<RagEnv> {
  const { store, onEvent = () => {} } = settings;
  const app = new Hono<RagEnv>()
    .get("/health", async (context) => {
      try {
        await store.check();
        return context.json({ status: "UP" });
      } catch {
        // The database's own message may contain an address or a user, and this route is open.
        return context.json({ status: "DOWN", detail: `The database does not answer (${store.place}).` }, 503);
      }
    })
    .route("/", uploadRoutes(settings))
    .route("/", queryRoutes(settings))
    .route("/", documentRoutes(settings));

  app.onError((error, context) => {
    const { status, message } = describe(error);
    const fileId = context.get("fileId");
    const route = `${context.req.method} ${context.req.path}`;
    onEvent({ type: "refused", route, status, message, ...(fileId !== undefined && { fileId }) });
    return refuse(context as Context, status, message);
  });
  return app;
}

/** The status and the sentence that LibreChat logs. */
function describe(error: Error): { status: 413 | 422 | 502 | 500; message: string } {
  if (error instanceof DocumentError) return { status: error.code === "too-large" ? 413 : 422, message: error.message };
  if (error instanceof ProviderError)
    return { status: 502, message: `The embedding model did not answer. ${error.message} ${error.hint ?? ""}`.trim() };
  return { status: 500, message: error.message || "The request failed." };
}
