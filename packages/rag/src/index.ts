export { DocumentError } from "./text/document-error.ts";
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
