/** For whom a request comes: the user that LibreChat signed for, and the agent whose files it asks for, where it names one. */
export interface Caller {
  readonly user: string;
  readonly entity?: string | undefined;
}

/** An embedding model. Vectors of two models cannot be compared, so each model has a table of its own. */
export interface EmbeddingModel {
  /** Such as `ollama:nomic-embed-text`. */
  readonly name: string;
  /** Numbers in a vector. */
  readonly dimensions: number;
}

/** A file that is to be stored. */
export interface NewDocument extends Caller {
  readonly fileId: string;
  /** The file's name, without its folder. */
  readonly name: string;
  /** Changes with the bytes of the file, and with the way they are read and split. */
  readonly digest: string;
  readonly chunkCount: number;
}

/** A document whose chunks are being stored. Nobody finds it before it is finished. */
export interface Draft {
  readonly id: number;
  /** This very document is stored already. */
  readonly isFinished: boolean;
  /** The positions of the chunks that an interrupted run has left, from 0. */
  readonly stored: ReadonlySet<number>;
}

/** A piece of a document, with its vector. */
export interface EmbeddedChunk {
  /** Its place in the document, from 0. */
  readonly position: number;
  readonly text: string;
  /** The page of a PDF, from 1. */
  readonly page?: number | undefined;
  /** Characters at its start that the chunk before it ends with. */
  readonly overlap: number;
  readonly vector: readonly number[];
}

/** A piece of a stored document. */
export interface StoredChunk {
  readonly fileId: string;
  /** The file's name. */
  readonly name: string;
  readonly digest: string;
  /** Who uploaded it. */
  readonly user: string;
  readonly position: number;
  readonly text: string;
  readonly page?: number | undefined;
  /** Characters at its start that the chunk before it ends with. */
  readonly overlap: number;
}

/** A piece that a search found. */
export interface FoundChunk extends StoredChunk {
  /** The cosine distance to the question: 0 is the same direction, 2 the opposite. */
  readonly distance: number;
}

/** A search in some files. */
export interface Search {
  readonly caller: Caller;
  readonly fileIds: readonly string[];
  readonly model: EmbeddingModel;
  readonly vector: readonly number[];
  readonly limit: number;
}

/**
 * Where documents are kept. A caller reads the documents that are his own, and those of the entity that he names: a user's id given
 * as an entity opens nothing, since a document of a user has no entity.
 */
export interface Store {
  /** Such as `PGlite in rag-data`, or the host of a PostgreSQL. It has no password in it. */
  readonly place: string;
  /** Begins to store a document, or takes up what an interrupted run has left. A finished one of the same file stays until `finish`. */
  begin(document: NewDocument, model: EmbeddingModel): Promise<Draft>;
  /** Stores chunks of a draft, all or none of them. A chunk that is there already is left as it is. */
  addChunks(draft: Draft, chunks: readonly EmbeddedChunk[]): Promise<void>;
  /**
   * The draft takes the place of whatever the owner stored under this file id.
   * @throws Error where a chunk is missing.
   */
  finish(draft: Draft): Promise<void>;
  /** The nearest chunks of the files that the caller may read, nearest first. */
  search(search: Search): Promise<FoundChunk[]>;
  /** The models with which the files are embedded, by file id: those that the caller may read. */
  modelsOf(caller: Caller, fileIds: readonly string[]): Promise<ReadonlyMap<string, EmbeddingModel>>;
  /** How many finished documents there are of each model. */
  countDocuments(): Promise<readonly { readonly model: EmbeddingModel; readonly documents: number }[]>;
  /** All chunks of the files that the caller may read, in the order of the ids and of the text. */
  chunksOf(caller: Caller, fileIds: readonly string[]): Promise<StoredChunk[]>;
  /**
   * Deletes the caller's own files and drafts of them. A file of an entity may be deleted by every caller: LibreChat checks who may edit
   * an agent, and does not name the agent here.
   * @returns The ids of the files that were there.
   */
  remove(caller: Caller, fileIds: readonly string[]): Promise<string[]>;
  /** @throws Error where the database does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}
