import type { StoredChunk } from "../store/store.ts";

/** A chunk in the shape that LibreChat reads: it takes the name from `source`, and cites `page`. */
export interface DocumentJson {
  readonly page_content: string;
  readonly metadata: {
    readonly source: string;
    readonly file_id: string;
    readonly digest: string;
    /** Of a PDF, from 1. LibreChat shows no page 0. */
    readonly page?: number;
  };
}

/** Writes a chunk as rag_api does. */
export function toDocument({ text, name, fileId, digest, page }: StoredChunk): DocumentJson {
  return {
    page_content: text,
    metadata: { source: name, file_id: fileId, digest, ...(page !== undefined && { page }) },
  };
}
