import type { SearchRequest } from "./search-input.ts";

/** A page, a news story, a paper or a picture. Only the title and the link are always present. */
export type SearchResult = {
  position?: number;
  title: string;
  link: string;
  snippet?: string;
  /** As the engine writes it: `Mar 14, 2025`, `3 days ago`. */
  date?: string;
  /** The site, the newspaper, or the authors and the journal. */
  source?: string;
  /** For a paper, how many others cite it. */
  citedBy?: number;
  /** For a picture, the URL of its file. */
  image?: string;
  thumbnail?: string;
};

export type Answer = { text: string; title?: string; link?: string };
export type Knowledge = {
  title: string;
  type?: string;
  description?: string;
  source?: { name: string; link?: string };
  /** Short facts by name: `Developer` → `Google`. */
  facts: { [name: string]: string };
};
export type Question = { question: string; answer?: string; title?: string; link?: string };

/** The content of the engine's result page, without layout data. */
export type SearchOutput = {
  request: SearchRequest;
  /** SerpApi's id of this search, for its support. */
  id?: string;
  answer?: Answer;
  /** The text of Google's AI overview, if the answer contains it. */
  overview?: string;
  knowledge?: Knowledge;
  results: SearchResult[];
  news: SearchResult[];
  questions: Question[];
  related: string[];
  /** The engine's own count of results. */
  total?: number;
  /** The corrected query that the engine searched for instead. */
  corrected?: string;
  hasNextPage: boolean;
  /** Fields of the request that this engine does not support. */
  ignored: string[];
};
