/** On whose behalf a request is made. */
export interface Caller {
  /** The user that LibreChat names in the token. */
  readonly user: string;
  /** The agent whose files LibreChat asks for, if any. */
  readonly entity?: string | undefined;
}

/** An embedding model. Vectors of two models cannot be compared, so each model has a table of its own. */
export interface EmbeddingModel {
  /** Such as `ollama:nomic-embed-text`. */
  readonly name: string;
  /** Numbers in a vector. */
  readonly dimensions: number;
}

/** A file to store. */
export interface NewDocument extends Caller {
  readonly fileId: string;
  /** The file's name, without its folder. */
  readonly name: string;
  /** Changes with the bytes of the file, and with how they are read and split. */
  readonly digest: string;
  readonly chunkCount: number;
}

/** A document whose chunks are being stored. Searches ignore it until it is finished. */
export interface Draft {
  readonly id: number;
  /** Whether the same document is already stored. */
  readonly isFinished: boolean;
  /** The positions, from 0, of the chunks that an interrupted upload has stored. */
  readonly stored: ReadonlySet<number>;
}

/** A piece of a document, with its vector. */
export interface EmbeddedChunk {
  /** Its place in the document, from 0. */
  readonly position: number;
  readonly text: string;
  /** The page of a PDF, from 1. */
  readonly page?: number | undefined;
  /** How many characters at its start the chunk before it ends with. */
  readonly overlap: number;
  readonly vector: readonly number[];
}

/** A piece of a stored document. */
export interface StoredChunk {
  readonly fileId: string;
  /** The file's name. */
  readonly name: string;
  readonly digest: string;
  /** The user who uploaded it. */
  readonly user: string;
  readonly position: number;
  readonly text: string;
  readonly page?: number | undefined;
  /** How many characters at its start the chunk before it ends with. */
  readonly overlap: number;
}

/** A search result. */
export interface FoundChunk extends StoredChunk {
  /** The cosine distance to the question: 0 for the same direction, 2 for the opposite. */
  readonly distance: number;
}

/** A search in the given files. */
export interface Search {
  readonly caller: Caller;
  readonly fileIds: readonly string[];
  readonly model: EmbeddingModel;
  readonly vector: readonly number[];
  readonly limit: number;
}

/**
 * Stores documents. A caller may read his own documents and those of the entity that he names. Another user's id as the entity gives
 * no access, since a user's document has no entity.
 */
export interface Store {
  /** Such as `PGlite in rag-data`, or the host of a PostgreSQL. It contains no password. */
  readonly place: string;
  /** Begins or resumes an upload. The finished document of the same file stays until `finish` replaces it. */
  begin(document: NewDocument, model: EmbeddingModel): Promise<Draft>;
  /** Stores chunks of a draft: all of them, or none if one is invalid. Chunks that are already stored do not change. */
  addChunks(draft: Draft, chunks: readonly EmbeddedChunk[]): Promise<void>;
  /**
   * Finishes a draft, which replaces the document that its owner stored under the same file id.
   * @throws Error if a chunk is missing.
   */
  finish(draft: Draft): Promise<void>;
  /** The nearest chunks of the files that the caller may read, nearest first. */
  search(search: Search): Promise<FoundChunk[]>;
  /** The embedding models of the files that the caller may read, by file id. */
  modelsOf(caller: Caller, fileIds: readonly string[]): Promise<ReadonlyMap<string, EmbeddingModel>>;
  /** The number of finished documents of each model. */
  countDocuments(): Promise<readonly { readonly model: EmbeddingModel; readonly documents: number }[]>;
  /** All chunks of the files that the caller may read, in the order of the given ids and of the text. */
  chunksOf(caller: Caller, fileIds: readonly string[]): Promise<StoredChunk[]>;
  /**
   * Deletes the caller's own files and drafts. Every caller may delete an entity's file: LibreChat checks who may edit an agent, and does
   * not name the agent in this request.
   * @returns The ids of the files that were deleted.
   */
  remove(caller: Caller, fileIds: readonly string[]): Promise<string[]>;
  /** @throws Error if the database does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}
