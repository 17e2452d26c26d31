// From a question to ranked passages. Everything else in this folder uses `openRetriever`; `retrieve` is for trying it out.
import { join } from "node:path";
import type { Provider } from "@llm-provider/core";
import { openPgliteStore } from "./search/pglite-store.ts";
import { fingerprintOf, readPassages } from "./search/read-passages.ts";
import type { FoundPassage, KeptPassage, Store } from "./search/store.ts";

const folder = join(import.meta.dirname, "documents");
const expectedQuestions = join(import.meta.dirname, "expected-questions.json");

/** Makes vectors. Some models want to be told what a text is by what stands before it. */
export interface Embedder {
  readonly provider: Pick<Provider, "embed">;
  readonly model: string;
  readonly beforeQuestion?: string;
  readonly beforePassage?: string;
}

export interface RetrieverOptions {
  /** @default PGlite, in memory */
  readonly store?: Store;
  /** Searches by meaning too. @default words alone */
  readonly embedder?: Embedder | undefined;
  /** @default the documents beside this file, with their expected questions */
  readonly passages?: readonly KeptPassage[];
}

export interface Retriever {
  readonly store: Store;
  /** Best first. */
  retrieve(question: string, options?: { limit?: number; signal?: AbortSignal }): Promise<FoundPassage[]>;
  close(): Promise<void>;
}

/** Fills the store where the documents or the embedding model have changed, and searches it. */
export async function openRetriever(options: RetrieverOptions = {}): Promise<Retriever> {
  const { embedder, passages = readPassages(folder, expectedQuestions) } = options;
  const store = options.store ?? (await openPgliteStore());
  const fingerprint = fingerprintOf(passages, embedder?.model);
  if ((await store.fingerprint()) !== fingerprint) {
    const before = embedder?.beforePassage ?? "";
    const texts = passages.map(({ title, text }) => `${before}${title}\n\n${text}`);
    await store.fill(passages, embedder && (await embed(embedder, texts)), fingerprint);
  }
  return {
    store,
    close: () => store.close(),
    async retrieve(text, { limit = 5, signal } = {}) {
      const vectors = embedder && (await embed(embedder, [(embedder.beforeQuestion ?? "") + text], signal));
      return store.search({ text, vector: vectors?.[0], limit });
    },
  };
}

async function embed(
  { provider, model }: Embedder,
  input: readonly string[],
  signal?: AbortSignal,
): Promise<number[][]> {
  return (await provider.embed({ model, input }, signal && { signal })).embeddings;
}

let shared: Promise<Retriever> | undefined;

/** Ranked passages for a question by words alone, from a store in memory that is filled at the first call. */
export async function retrieve(question: string, limit = 5): Promise<FoundPassage[]> {
  shared ??= openRetriever();
  return (await shared).retrieve(question, { limit });
}
