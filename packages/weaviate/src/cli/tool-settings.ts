import type { ProviderFactory, ToolOptions } from "@llm-provider/core";
import { parseTarget } from "@llm-provider/core/internal";
import type { SearchSettings } from "../search/search.ts";

/** Reads the address of Weaviate from the environment. */
export function toolOptions(): ToolOptions {
  const baseURL = readVariable("WEAVIATE_URL");
  return baseURL === undefined ? {} : { baseURL: baseURL.replace(/\/v1\/?$/, "") };
}

/** Reads the fixed settings: the collection from the environment, the embedding model from the arguments. */
export async function toolSettings({ embed }: { embed?: string }): Promise<SearchSettings> {
  const collection = readVariable("WEAVIATE_COLLECTION");
  return {
    ...(collection !== undefined && { collection }),
    ...(embed !== undefined && { embed: await loadEmbedding(embed) }),
  };
}

/** LibreChat passes an unset variable on unexpanded, as `${WEAVIATE_URL}`. */
function readVariable(name: string): string | undefined {
  const value = process.env[name]?.trim() ?? "";
  return /^(\$\{\w+\})?$/.test(value) ? undefined : value;
}

/** Loads the embedding model for a target such as `mistral:mistral-embed`. Its adapter must be installed next to this package. */
async function loadEmbedding(target: string): Promise<SearchSettings["embed"] & object> {
  const { name, model } = parseTarget(target);
  if (!/^[a-z][a-z0-9-]{0,49}$/.test(name) || model === undefined)
    throw new Error("--embed takes a provider and a model, such as mistral:mistral-embed or ollama:nomic-embed-text.");
  const id = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  let module: { readonly [name: string]: unknown };
  try {
    module = (await import(`@llm-provider/${name}`)) as typeof module;
  } catch (error) {
    throw new Error(
      `@llm-provider/${name} is not installed next to @llm-provider/weaviate. Run both: npx -p @llm-provider/weaviate -p @llm-provider/${name} llm-weaviate --embed ${name}:…`,
      { cause: error },
    );
  }
  const factory = module[id];
  if (typeof factory !== "function") throw new Error(`@llm-provider/${name} exports no provider named ${id}.`);
  return { provider: (factory as ProviderFactory)(), model };
}
