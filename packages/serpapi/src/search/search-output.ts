import type { SearchRequest } from "./search-input.ts";

/** A page, a news story, a paper or a picture. Only the title and the link are always there. */
export type SearchResult = {
  position?: number;
  title: string;
  link: string;
  snippet?: string;
  /** As the engine writes it: `Mar 14, 2025`, `3 days ago`. */
  date?: string;
  /** Site, newspaper, or authors and journal. */
  source?: string;
  /** Of a paper: how many others cite it. */
  citedBy?: number;
  /** Of a picture: its file. */
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

/** A compact answer: what the engine's page says, without what only draws it. */
export type SearchOutput = {
  request: SearchRequest;
  /** SerpApi's id of this search, for its support. */
  id?: string;
  answer?: Answer;
  /** What Google's AI overview says, where the answer contains it. */
  overview?: string;
  knowledge?: Knowledge;
  results: SearchResult[];
  news: SearchResult[];
  questions: Question[];
  related: string[];
  /** As the engine counts them. */
  total?: number;
  /** The query that was searched for instead. */
  corrected?: string;
  hasNextPage: boolean;
  /** Fields of the request that this engine has no parameter for. */
  ignored: string[];
};
