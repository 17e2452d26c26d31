export { DocumentError } from "./text/document-error.ts";
export type { DocumentText, TextPart } from "./text/document-text.ts";
export type { NamedFile } from "./text/detect-kind.ts";
export { readDocument, type ReadOptions } from "./text/read-document.ts";
export { chunkOverlap, chunkSize, iterateChunks, splitText, type SplitOptions } from "./text/split-text.ts";
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
