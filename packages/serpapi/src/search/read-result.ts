import { readPath } from "@llm-provider/core";
import { known } from "./known.ts";
import { readLink, readNumber, readObjects, readText } from "./read-text.ts";
import type { SearchResult } from "./search-output.ts";

/** One entry of a list of results, whatever the engine; undefined for one without a title or a usable link. */
export function readResult(entry: object): SearchResult | undefined {
  const title = readText(entry, "title");
  const link = readLink(entry, "link");
  if (title === undefined || link === undefined) return undefined;
  return known<SearchResult>({
    position: readNumber(entry, "position"),
    title,
    link,
    snippet: readText(entry, "snippet"),
    date: readText(entry, "date"),
    source: readText(entry, "publication_info.summary") ?? readText(entry, "source.name") ?? readText(entry, "source"),
    citedBy: readNumber(entry, "inline_links.cited_by.total"),
    image: readLink(entry, "original"),
    thumbnail: readLink(entry, "thumbnail"),
  });
}

/** No engine has more on a page. */
const most = 100;

/** A list of results, each page once. A story that Google News gathers from several papers is taken apart. */
export function readResults(answer: unknown, list: string): SearchResult[] {
  const byLink = new Map<string, SearchResult>();
  for (const entry of readObjects(answer, list).flatMap(takeApart)) {
    const result = readResult(entry);
    if (result && !byLink.has(result.link)) byLink.set(result.link, result);
    if (byLink.size === most) break;
  }
  return [...byLink.values()];
}

function takeApart(entry: object): object[] {
  const highlight = readPath(entry, "highlight");
  const stories = readObjects(entry, "stories");
  const parts = typeof highlight === "object" && highlight !== null ? [highlight, ...stories] : stories;
  return parts.length > 0 ? parts : [entry];
}
