import type { StoredChunk } from "../store/store.ts";

/** A chunk in the shape that LibreChat reads: it takes the name from `source`, and cites `page`. */
export interface DocumentJson {
  readonly page_content: string;
  readonly metadata: {
    readonly source: string;
    readonly file_id: string;
    readonly digest: string;
    /** The page of a PDF, from 1: LibreChat does not show a page 0. */
    readonly page?: number;
  };
}

/** A chunk in the JSON of rag_api. */
export function toDocument({ text, name, fileId, digest, page }: StoredChunk): DocumentJson {
  return {
    page_content: text,
    metadata: { source: name, file_id: fileId, digest, ...(page !== undefined && { page }) },
  };
}
