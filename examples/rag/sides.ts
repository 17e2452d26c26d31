import { mistral } from "@llm-provider/mistral";
import { ollama } from "@llm-provider/ollama";
import type { Provider, ProviderFactory, ProviderOptions } from "@llm-provider/core";
import type { Embedder } from "./retrieve.ts";

/** The model that answers, and the model that makes the vectors. */
export interface Side {
  readonly provider: Provider;
  readonly model: string;
  readonly embedder: Embedder;
}

interface SideFacts {
  readonly factory: ProviderFactory;
  readonly model: string;
  readonly vectors: Omit<Embedder, "provider">;
}

/** The same program on this machine or in the cloud: one flag decides, and the rest of the code does not know. */
export const sides: { readonly [name in "local" | "cloud"]: SideFacts } = {
  local: {
    factory: ollama,
    model: "mistral",
    // The model was trained with these words before each text (huggingface.co/nomic-ai/nomic-embed-text-v1.5, 2026-11-29).
    vectors: { model: "nomic-embed-text", beforeQuestion: "search_query: ", beforePassage: "search_document: " },
  },
  cloud: { factory: mistral, model: "mistral-small-latest", vectors: { model: "mistral-embed" } },
};

export type SideName = keyof typeof sides;

export function openSide(name: SideName, options?: ProviderOptions): Side {
  const { factory, model, vectors } = sides[name];
  const provider = factory(options);
  return { provider, model, embedder: { provider, ...vectors } };
}
