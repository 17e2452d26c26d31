import type { IngestOptions, IngestProgress } from "../ingest/ingest-document.ts";

/** The settings of a server. */
export interface RagSettings extends Omit<IngestOptions, "onProgress"> {
  /**
   * The most bytes of a file.
   * @default 52_428_800
   */
  readonly maxFile?: number;
  /**
   * How many files are read and embedded at the same time. The others wait.
   * @default 2
   */
  readonly concurrency?: number;
  /**
   * Called for everything that the server does.
   * @default not called
   */
  readonly onEvent?: (event: RagEvent) => void;
}

/** Something that an operator may want to see. It contains no text of a document and no question. */
export type RagEvent =
  | ({ readonly type: "progress" } & IngestProgress)
  | {
      readonly type: "stored";
      readonly fileId: string;
      readonly name: string;
      readonly chunks: number;
      /** Chunks that this upload embedded; 0 if the file was already stored. */
      readonly embedded: number;
      /** US dollars, if known. */
      readonly cost?: number;
      readonly milliseconds: number;
    }
  | {
      readonly type: "searched";
      readonly files: number;
      /** Files that another model embedded, so that they were not searched. */
      readonly skipped: number;
      readonly found: number;
      readonly milliseconds: number;
    }
  | { readonly type: "deleted"; readonly files: number }
  | {
      readonly type: "refused";
      /** The id of an uploaded file. */
      readonly fileId?: string;
      readonly route: string;
      readonly status: number;
      readonly message: string;
    };

/** The default of `maxFile`. */
export const defaultMaxFile: number = 50 * 1024 * 1024;
