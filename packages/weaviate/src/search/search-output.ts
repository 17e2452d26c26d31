import type { JsonObject } from "@llm-provider/core";
import type { SearchRequest } from "./search-input.ts";

/** An object that the search found. */
export interface Passage {
  /** The object's UUID. */
  id: string;
  /** The whole text of its main property. */
  text: string;
  title?: string;
  /** Where it comes from, such as a URL or a file name. */
  source?: string;
  /**
   * The higher, the better. Comparable only within one answer: BM25 scores have no upper limit, those of a hybrid search are 0 to 1.
   * Absent in a search by vector alone.
   */
  score?: number;
  /** Only in a search by vector alone: the lower, the better. */
  distance?: number;
  /** All properties that were read, including the text. */
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
  /** Whether the search found as many passages as the limit allows, so that a higher `limit` may find more. */
  isFull: boolean;
  /** Fields of the request that this search does not use: `alpha` without vectors. */
  ignored: string[];
}
