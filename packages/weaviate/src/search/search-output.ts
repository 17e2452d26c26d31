import type { JsonObject } from "@llm-provider/core";
import type { SearchRequest } from "./search-input.ts";

/** One object that was found. */
export interface Passage {
  /** The object's UUID. */
  id: string;
  /** What it says: the whole text of its main property. */
  text: string;
  title?: string;
  /** Where it comes from: an address or the name of a file. */
  source?: string;
  /**
   * The higher, the better. Comparable only within one answer: BM25 has no upper limit, a hybrid search gives 0 to 1.
   * Absent for a search by vector alone.
   */
  score?: number;
  /** Of a search by vector alone: the lower, the better. */
  distance?: number;
  /** Every property that was read, with the text. */
  properties: JsonObject;
}

/** How the search was made. `vector`: by meaning alone. */
export type SearchMode = "bm25" | "hybrid" | "vector";

export interface SearchOutput {
  request: SearchRequest;
  /** The collection that was searched. */
  collection: string;
  mode: SearchMode;
  /** Best first. */
  passages: Passage[];
  /** Whether as many passages came as were asked for, so that a higher `limit` may find more. */
  isFull: boolean;
  /** Fields of the request that this search has no use for: `alpha` without vectors. */
  ignored: string[];
}
