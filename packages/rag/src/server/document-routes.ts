import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Caller, StoredChunk } from "../store/store.ts";
import type { RagEnv } from "./authorize.ts";
import type { RagSettings } from "./rag-state.ts";
import { isId, longestId } from "./is-id.ts";
import { readJson } from "./read-json.ts";
import { refuse } from "./refuse.ts";
import { toDocument } from "./to-document.ts";

const ids = z
  .array(z.string().refine(isId, `is not an id of at most ${longestId} bytes`))
  .min(1)
  .max(1000);
const missing = "One or more of these files were not found.";

/** `GET /documents` lists chunks, `GET /documents/{id}/context` joins them, `DELETE /documents` deletes files. */
export function documentRoutes({ store, onEvent = () => {} }: RagSettings): Hono<RagEnv> {
  return new Hono<RagEnv>()
    .get("/documents", async (context) => {
      const asked = ids.safeParse(context.req.queries("ids") ?? []);
      if (!asked.success) return refuse(context, 422, "Name one or more files: `/documents?ids=…&ids=…`.");
      const chunks = await store.chunksOf(callerOf(context), asked.data);
      const found = new Set(chunks.map(({ fileId }) => fileId));
      if (!asked.data.every((one) => found.has(one))) return refuse(context, 404, missing);
      return context.json(chunks.map(toDocument));
    })
    .get("/documents/:id/context", async (context) => {
      const chunks = await store.chunksOf(callerOf(context), [context.req.param("id")]);
      if (chunks.length === 0) return refuse(context, 404, "This file was not found.");
      return context.json(joinChunks(chunks));
    })
    .delete("/documents", async (context) => {
      const asked = await readJson(context, ids);
      if (typeof asked === "string") return refuse(context, 422, asked);
      const removed = new Set(await store.remove(callerOf(context), asked));
      onEvent({ type: "deleted", files: removed.size });
      if (!asked.every((one) => removed.has(one))) return refuse(context, 404, missing);
      return context.json({ message: `${removed.size} ${removed.size === 1 ? "file" : "files"} deleted.` });
    });
}

/** LibreChat does not send `entity_id` to these routes, but another client may. */
function callerOf(context: Context<RagEnv>): Caller {
  return { user: context.get("user"), entity: context.req.query("entity_id") || undefined };
}

/** The text of a whole file, under its name and with page numbers. The overlap of the chunks is cut off. */
function joinChunks(chunks: readonly StoredChunk[]): string {
  let page: number | undefined;
  let text = `${chunks[0]!.name}\n`;
  for (const chunk of chunks) {
    if (chunk.page !== undefined && chunk.page !== page) text += `\n# PAGE ${chunk.page}\n\n`;
    page = chunk.page;
    text += `${chunk.text.slice(chunk.overlap)}\n`;
  }
  return text.trim();
}
