import { readPath } from "@llm-provider/core/internal";
import { known, readLink, readNumber, readObjects, readText } from "./read-text.ts";
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

/** A list of results. A story that Google News gathers from several papers is taken apart. */
export function readResults(answer: unknown, list: string): SearchResult[] {
  return readObjects(answer, list)
    .slice(0, most)
    .flatMap(takeApart)
    .flatMap((entry) => readResult(entry) ?? []);
}

/** The highlighted story may be among the others. */
function takeApart(entry: object): object[] {
  const highlight = readPath(entry, "highlight");
  const stories = readObjects(entry, "stories");
  if (typeof highlight !== "object" || highlight === null) return stories.length > 0 ? stories : [entry];
  const link = readPath(highlight, "link");
  return [highlight, ...stories.filter((story) => readPath(story, "link") !== link)];
}
