import { defineTool, type ToolOptions } from "@llm-provider/core";
import { z } from "zod";
import { readCollections, type Collection } from "./search/read-collection.ts";
import { createSend } from "./search/request-json.ts";
import { weaviate } from "./weaviate.ts";

/** Not offered to models: `defineTool` is used for its handling of the key, the time limit and errors. */
const schema = defineTool<object, Collection[]>({
  ...weaviate.definition,
  name: "list_collections",
  description: "Lists the collections that can be searched.",
  input: z.object({}),
  execute: async (_, context) => readCollections(createSend(context)),
  toText: (collections) => JSON.stringify(collections),
});

/** Lists the collections that the key may read, and how each can be searched. Throws the same ProviderErrors as a search. */
export function listCollections(options?: ToolOptions, signal?: AbortSignal): Promise<Collection[]> {
  return schema(options).execute({}, signal && { signal });
}
