// From a question to ranked passages. The other files of this folder use `openRetriever`; `retrieve` is a shortcut for trials.
import { join } from "node:path";
import type { Provider } from "@llm-provider/core";
import { openPgliteStore } from "./search/pglite-store.ts";
import { fingerprintOf, readPassages } from "./search/read-passages.ts";
import type { FoundPassage, KeptPassage, Store } from "./search/store.ts";

const folder = join(import.meta.dirname, "documents");
const expectedQuestions = join(import.meta.dirname, "expected-questions.json");

/** Makes vectors. Some models expect a prefix that says what a text is. */
export interface Embedder {
  readonly provider: Pick<Provider, "embed">;
  readonly model: string;
  readonly beforeQuestion?: string;
  readonly beforePassage?: string;
}

export interface RetrieverOptions {
  /** @default PGlite, in memory */
  readonly store?: Store;
  /** Makes vectors for a search by meaning as well. @default words alone */
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

/** Fills the store if the documents or the embedding model have changed, and searches it. */
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

/** Ranked passages for a question by words alone, from a store in memory that the first call fills. */
export async function retrieve(question: string, limit = 5): Promise<FoundPassage[]> {
  shared ??= openRetriever();
  return (await shared).retrieve(question, { limit });
}
