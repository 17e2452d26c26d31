import { Hono } from "hono";
import pLimit from "p-limit";
import { ingestDocument } from "../ingest/ingest-document.ts";
import { oneAtATime } from "../ingest/one-at-a-time.ts";
import { DocumentError } from "../text/document-error.ts";
import { readDocument } from "../text/read-document.ts";
import type { RagEnv } from "./authorize.ts";
import { defaultMaxFile, type RagSettings } from "./rag-state.ts";
import { readUpload } from "./read-upload.ts";
import { refuse } from "./refuse.ts";

/** `POST /embed` stores a file, `POST /text` returns its text. */
export function uploadRoutes(settings: RagSettings): Hono<RagEnv> {
  const { onEvent = () => {}, maxFile = defaultMaxFile, concurrency = 2 } = settings;
  const limit = pLimit(concurrency);
  const inTurn = oneAtATime();

  return new Hono<RagEnv>()
    .post("/embed", async (context) => {
      const form = await readUpload(context, maxFile);
      if (typeof form === "string") return refuse(context, 422, form);
      const { fileId, name, entity } = form;
      context.set("fileId", fileId);
      const user = context.get("user");
      const began = performance.now();
      const onProgress = (progress: { done: number; total: number }): void =>
        onEvent({ type: "progress", fileId, name, ...progress });
      try {
        // Two simultaneous uploads of one file would both pay for its embeddings.
        const stored = await inTurn(JSON.stringify([user, entity, fileId]), () =>
          limit(() => ingestDocument({ ...form, user }, { ...settings, onProgress })),
        );
        onEvent({ type: "stored", fileId, name, ...stored, milliseconds: performance.now() - began });
      } catch (error) {
        if (!(error instanceof DocumentError && error.code === "unsupported")) throw error;
        onEvent({ type: "refused", fileId, route: "POST /embed", status: 200, message: error.message });
        // LibreChat tells its user that the type is not supported if it reads `known_type: false`. Of an error status it shows only
        // the number.
        return context.json({
          status: false,
          message: error.message,
          file_id: fileId,
          filename: name,
          known_type: false,
        });
      }
      return context.json({
        status: true,
        message: "File processed successfully.",
        file_id: fileId,
        filename: name,
        known_type: true,
      });
    })
    .post("/text", async (context) => {
      const form = await readUpload(context, maxFile);
      if (typeof form === "string") return refuse(context, 422, form);
      const { verbatim } = await limit(() => readDocument(form.bytes, form));
      return context.json({ text: verbatim, file_id: form.fileId, filename: form.name, known_type: true });
    });
}
