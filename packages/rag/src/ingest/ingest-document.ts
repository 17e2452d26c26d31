import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Caller, Draft, Store } from "../store/store.ts";
import { DocumentError } from "../text/document-error.ts";
import { readDocument } from "../text/read-document.ts";
import {
  chunkOverlap as defaultOverlap,
  chunkSize as defaultSize,
  iterateChunks,
  type TextChunk,
} from "../text/split-text.ts";
import type { Embedder } from "./create-embedder.ts";

/** An uploaded file. */
export interface Upload extends Caller {
  readonly fileId: string;
  /** The file's name, without its folder. */
  readonly name: string;
  /** The content type that the client sent. */
  readonly type?: string;
  readonly bytes: Uint8Array;
}

/** Where documents go, and how they are split. */
export interface IngestOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  /**
   * The most characters of a chunk.
   * @default 1500
   */
  readonly chunkSize?: number;
  /**
   * The most characters that a chunk repeats from the chunk before it.
   * @default 150
   */
  readonly chunkOverlap?: number;
  /** Called after each batch is stored. */
  readonly onProgress?: (progress: IngestProgress) => void;
}

/** The progress of a file. */
export interface IngestProgress {
  readonly fileId: string;
  readonly name: string;
  /** How many of the file's `total` chunks are stored. */
  readonly done: number;
  readonly total: number;
}

/** The result of an upload. */
export interface Ingested {
  readonly chunks: number;
  /** Chunks that this upload embedded; 0 if the file was already stored. */
  readonly embedded: number;
  /** US dollars, if the price of each request is known. */
  readonly cost?: number;
}

/** Increase it when a change of the code reads or splits files differently: the digest of every file then changes. */
const reading = 1;

/**
 * Reads a file, splits it, embeds the chunks and stores them. Uploading the same file again costs nothing. An interrupted upload
 * resumes where it stopped. A changed file replaces the old one once it is complete.
 * @throws DocumentError if the file cannot be read; ProviderError; Error from the database.
 */
export async function ingestDocument(upload: Upload, options: IngestOptions): Promise<Ingested> {
  const { store, embedder, onProgress = () => {}, chunkSize = defaultSize, chunkOverlap = defaultOverlap } = options;
  const { fileId, name, type, bytes, user, entity } = upload;
  const { parts } = await readDocument(bytes, { name, ...(type !== undefined && { type }) });
  const chunks = await collectChunks(iterateChunks(parts, { size: chunkSize, overlap: chunkOverlap }));
  if (chunks.length === 0) throw new DocumentError("empty", `${name} has no text to search in.`);
  const digest = createHash("sha256")
    .update(JSON.stringify([reading, chunkSize, chunkOverlap, name, type ?? ""]))
    .update(bytes)
    .digest("hex");
  const draft = await store.begin(
    { fileId, user, entity, name, digest, chunkCount: chunks.length },
    await embedder.model(),
  );
  if (draft.isFinished) return { chunks: chunks.length, embedded: 0, cost: 0 };
  const paid = await embedMissing(chunks, draft, options, (done) =>
    onProgress({ fileId, name, done, total: chunks.length }),
  );
  await store.finish(draft);
  return { chunks: chunks.length, ...paid };
}

/** Lets the server do other work in between: splitting a text of 20 million characters takes seconds. */
async function collectChunks(found: Iterable<TextChunk>): Promise<TextChunk[]> {
  const chunks: TextChunk[] = [];
  for (const chunk of found) if (chunks.push(chunk) % 100 === 0) await setImmediate();
  return chunks;
}

async function embedMissing(
  chunks: readonly TextChunk[],
  draft: Draft,
  { store, embedder }: IngestOptions,
  onStored: (done: number) => void,
): Promise<Omit<Ingested, "chunks">> {
  const missing = chunks
    .map((chunk, position) => ({ ...chunk, position }))
    .filter(({ position }) => !draft.stored.has(position));
  let cost: number | undefined = 0;
  for (let from = 0; from < missing.length; from += embedder.batchSize) {
    const batch = missing.slice(from, from + embedder.batchSize);
    const { embeddings, usage } = await embedder.embedPassages(batch.map(({ text }) => text));
    await store.addChunks(
      draft,
      batch.map((chunk, at) => ({ ...chunk, vector: embeddings[at]! })),
    );
    cost = cost === undefined || usage?.cost === undefined ? undefined : cost + usage.cost;
    onStored(draft.stored.size + from + batch.length);
  }
  return { embedded: missing.length, ...(cost !== undefined && { cost }) };
}
