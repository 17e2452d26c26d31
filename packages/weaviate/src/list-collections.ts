import { defineTool, type ToolOptions } from "@llm-provider/core";
import { z } from "zod";
import { readCollections, type Collection } from "./search/read-collection.ts";
import { createSend } from "./search/request-json.ts";
import { weaviate } from "./weaviate.ts";

/** Not a tool for a model: a definition gives the key, the time limit and the errors of one. */
const schema = defineTool<object, Collection[]>({
  ...weaviate.definition,
  name: "list_collections",
  description: "The collections that can be searched.",
  input: z.object({}),
  execute: async (_, context) => readCollections(createSend(context)),
  toText: (collections) => JSON.stringify(collections),
});

/** The collections that the key may read, and how each can be searched. Throws a ProviderError as a search would. */
export function listCollections(options?: ToolOptions, signal?: AbortSignal): Promise<Collection[]> {
  return schema(options).execute({}, signal && { signal });
}
