import { Hono } from "hono";
import { z } from "zod";
import { isSameModel } from "../store/is-same-model.ts";
import type { Caller, FoundChunk } from "../store/store.ts";
import type { RagEnv } from "./authorize.ts";
import type { RagSettings } from "./rag-state.ts";
import { isId, longestId } from "./is-id.ts";
import { readJson } from "./read-json.ts";
import { refuse } from "./refuse.ts";
import { toDocument } from "./to-document.ts";

const id = z.string().refine(isId, `is not an id of at most ${longestId} bytes`);
const common = {
  query: z.string().refine((text) => text.trim() !== "", "is empty"),
  k: z.int().min(1).max(100).default(4),
  entity_id: z.union([id, z.literal("")]).nullish(),
};
const query = z.object({ ...common, file_id: id });
const queryMultiple = z.object({ ...common, file_ids: z.array(id).min(1).max(1000) });

/** `POST /query` searches one file, `POST /query_multiple` several. */
export function queryRoutes(settings: RagSettings): Hono<RagEnv> {
  return new Hono<RagEnv>()
    .post("/query", async (context) => {
      const body = await readJson(context, query);
      if (typeof body === "string") return refuse(context, 422, body);
      const found = await search({ ...body, file_ids: [body.file_id] }, context.get("user"), settings);
      if (typeof found === "string") return refuse(context, 409, found);
      return context.json(found.map((chunk) => [toDocument(chunk), chunk.distance]));
    })
    .post("/query_multiple", async (context) => {
      const body = await readJson(context, queryMultiple);
      if (typeof body === "string") return refuse(context, 422, body);
      const found = await search(body, context.get("user"), settings);
      if (typeof found === "string") return refuse(context, 409, found);
      if (found.length === 0) return refuse(context, 404, "None of these files was found.");
      return context.json(found.map((chunk) => [toDocument(chunk), chunk.distance]));
    });
}

/** The nearest chunks, or a sentence if all of the files were embedded with another model. */
async function search(
  body: z.output<typeof queryMultiple>,
  user: string,
  { store, embedder, onEvent = () => {} }: RagSettings,
): Promise<FoundChunk[] | string> {
  const began = performance.now();
  const caller: Caller = { user, entity: body.entity_id || undefined };
  const models = await store.modelsOf(caller, body.file_ids);
  // A question about unknown files is not embedded: that would cost money.
  if (models.size === 0) return [];
  const model = await embedder.model();
  const others = [...models.values()].filter((one) => !isSameModel(one, model));
  const [other] = others;
  if (other && others.length === models.size)
    return `${others.length === 1 ? "This file was" : "These files were"} embedded with ${other.name} (${other.dimensions} numbers), and this server embeds with ${model.name} (${model.dimensions}): their vectors cannot be compared. Upload the file again, or start the server with ${other.name}.`;
  const vector = await embedder.embedQuestion(body.query);
  const found = await store.search({ caller, fileIds: body.file_ids, model, vector, limit: body.k });
  onEvent({
    type: "searched",
    files: models.size - others.length,
    skipped: others.length,
    found: found.length,
    milliseconds: performance.now() - began,
  });
  return found;
}
