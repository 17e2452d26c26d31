import type { Embedder } from "../ingest/create-embedder.ts";
import type { IngestProgress } from "../ingest/ingest-document.ts";
import type { Store } from "../store/store.ts";

/** How a server is set up. */
export interface RagSettings {
  readonly store: Store;
  readonly embedder: Embedder;
  /**
   * Characters of a chunk.
   * @default 1500
   */
  readonly chunkSize?: number;
  /**
   * Characters at most that a chunk repeats of the one before it.
   * @default 150
   */
  readonly chunkOverlap?: number;
  /**
   * Bytes of a file.
   * @default 52_428_800
   */
  readonly maxFile?: number;
  /**
   * Files that are embedded at the same time. Others wait.
   * @default 2
   */
  readonly concurrency?: number;
  /**
   * Hears what the server does.
   * @default nobody
   */
  readonly onEvent?: (event: RagEvent) => void;
}

/** Something that an operator may want to see. No text of a document and no question is in it. */
export type RagEvent =
  | ({ readonly type: "progress" } & IngestProgress)
  | {
      readonly type: "stored";
      readonly fileId: string;
      readonly name: string;
      readonly chunks: number;
      /** Chunks that were embedded now; 0 for a file that was stored already. */
      readonly embedded: number;
      /** US dollars, where known. */
      readonly cost?: number;
      readonly milliseconds: number;
    }
  | { readonly type: "searched"; readonly files: number; readonly found: number; readonly milliseconds: number }
  | { readonly type: "deleted"; readonly files: number }
  | {
      readonly type: "refused";
      /** The file of an upload. */
      readonly fileId?: string;
      readonly route: string;
      readonly status: number;
      readonly message: string;
    };

/** Bytes of a file, unless told otherwise. */
export const defaultMaxFile: number = 50 * 1024 * 1024;
