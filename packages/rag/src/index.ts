export { isSameModel } from "./store/is-same-model.ts";
export { openMemoryStore } from "./store/memory-store.ts";
export { openStore, type StoreOptions } from "./store/open-store.ts";
export { createEmbedder, type EmbeddedTexts, type Embedder, type EmbedderOptions } from "./ingest/create-embedder.ts";
export {
  ingestDocument,
  type Ingested,
  type IngestOptions,
  type IngestProgress,
  type Upload,
} from "./ingest/ingest-document.ts";
export { authorize, type RagEnv } from "./server/authorize.ts";
export { createRagApp } from "./server/create-rag-app.ts";
export type { RagEvent, RagSettings } from "./server/rag-state.ts";
export { defaultPort, startRag, type RagOptions } from "./server/start-rag.ts";
export { type DocumentJson, toDocument } from "./server/to-document.ts";
export { DocumentError } from "./text/document-error.ts";
export type { DocumentText, TextPart } from "./text/document-text.ts";
export type { NamedFile } from "./text/detect-kind.ts";
export { readDocument, type ReadOptions } from "./text/read-document.ts";
export {
  chunkOverlap,
  chunkSize,
  iterateChunks,
  splitText,
  type SplitOptions,
  type TextChunk,
} from "./text/split-text.ts";
export type {
  Caller,
  Draft,
  EmbeddedChunk,
  EmbeddingModel,
  FoundChunk,
  NewDocument,
  Search,
  Store,
  StoredChunk,
} from "./store/store.ts";
