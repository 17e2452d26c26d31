import { ProviderError } from "@llm-provider/core";
import { type Context, Hono } from "hono";
import { DocumentError } from "../text/document-error.ts";
import type { RagEnv } from "./authorize.ts";
import { documentRoutes } from "./document-routes.ts";
import { megabytes } from "./read-upload.ts";
import { queryRoutes } from "./query-routes.ts";
import { defaultMaxFile, type RagSettings } from "./rag-state.ts";
import { refuse } from "./refuse.ts";
import { uploadRoutes } from "./upload-routes.ts";

/**
 * The routes of rag_api that LibreChat calls (danny-avila/rag_api@4985b37, read 2026-11-29). Whoever serves the app has to check the token
 * first and to set `user`, as `startRag` does.
 */
export function createRagApp(settings: RagSettings): Hono<RagEnv> {
  const { store, onEvent = () => {} } = settings;
  const app = new Hono<RagEnv>()
    .get("/health", async (context) => {
      try {
        await store.check();
        return context.json({ status: "UP" });
      } catch {
        return context.json({ status: "DOWN", detail: `The database does not answer (${store.place}).` }, 503);
      }
    })
    .route("/", uploadRoutes(settings))
    .route("/", queryRoutes(settings))
    .route("/", documentRoutes(settings));

  app.onError((error, context) => {
    const { status, message } = describe(error, settings);
    const fileId = context.get("fileId");
    const route = `${context.req.method} ${context.req.path}`;
    onEvent({ type: "refused", route, status, message, ...(fileId !== undefined && { fileId }) });
    return refuse(context as Context, status, message);
  });
  return app;
}

/** What went wrong, as a sentence for LibreChat's log. A database's own words may have a text or an address in them. */
function describe(
  error: Error,
  { maxFile = defaultMaxFile }: RagSettings,
): { status: 413 | 422 | 502 | 500; message: string } {
  if (error instanceof DocumentError) return { status: error.code === "too-large" ? 413 : 422, message: error.message };
  if (error instanceof ProviderError)
    return { status: 502, message: `The embedding model did not answer. ${error.message} ${error.hint ?? ""}`.trim() };
  return { status: 500, message: error.message || `The request failed. A file may have ${megabytes(maxFile)}.` };
}
