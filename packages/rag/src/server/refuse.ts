import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** Answers with a sentence in the shape that LibreChat logs: `{ detail }`, as FastAPI writes it. */
export function refuse(context: Context, status: ContentfulStatusCode, detail: string): Response {
  return context.json({ detail }, status);
}
