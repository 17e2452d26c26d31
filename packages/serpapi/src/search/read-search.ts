import { readPath } from "@llm-provider/core/internal";
import { engines } from "./engines.ts";
import { known, readLink, readNumber, readObjects, readText } from "./read-text.ts";
import type { SearchRequest } from "./search-input.ts";
import type { Knowledge, Question, SearchOutput, SearchResult, Answer } from "./search-output.ts";

/** The most related questions or searches that are read. Engines return four to ten. */
const most = 30;

/** Reads SerpApi's JSON into a compact form. Missing fields are left out, and every list may be absent. */
export function readSearch(answer: unknown, request: SearchRequest, ignored: readonly string[]): SearchOutput {
  const { results, page } = engines[request.engine];
  const found = readResults(answer, results);
  const stories = readResults(answer, "top_stories");
  return known<SearchOutput>({
    request,
    id: readText(answer, "search_metadata.id"),
    answer: readAnswerBox(answer),
    overview: readOverview(answer),
    knowledge: readKnowledge(answer),
    results: found.slice(0, request.number),
    news: stories.length > 0 || results === "news_results" ? stories : readResults(answer, "news_results"),
    questions: readObjects(answer, "related_questions")
      .slice(0, most)
      .flatMap((entry) => readQuestion(entry) ?? []),
    related: readObjects(answer, "related_searches")
      .slice(0, most)
      .flatMap((entry) => readText(entry, "query") ?? []),
    total: readNumber(answer, "search_information.total_results"),
    corrected:
      readText(answer, "search_information.showing_results_for") ?? readText(answer, "search_information.spelling_fix"),
    hasNextPage: page !== undefined && readPath(answer, "serpapi_pagination.next") !== undefined,
    ignored: [...ignored],
  });
}

function readQuestion(entry: object): Question | undefined {
  const question = readText(entry, "question");
  if (question === undefined) return undefined;
  return known<Question>({
    question,
    answer: readText(entry, "snippet"),
    title: readText(entry, "title"),
    link: readLink(entry, "link"),
  });
}

const taken = new Set(["title", "type", "description", "entity_type", "kgmid", "image", "thumbnail", "website"]);
const mostFacts = 12;

/** The panel about a person, a place or a thing. */
function readKnowledge(answer: unknown): Knowledge | undefined {
  const panel = readPath(answer, "knowledge_graph");
  const title = readText(panel, "title");
  if (title === undefined || typeof panel !== "object" || panel === null) return undefined;
  const name = readText(panel, "source.name");
  return known<Knowledge>({
    title,
    type: readText(panel, "type"),
    description: readText(panel, "description"),
    source: name === undefined ? undefined : known({ name, link: readLink(panel, "source.link") }),
    facts: Object.fromEntries(
      Object.keys(panel)
        .flatMap((key) => fact(panel, key))
        .slice(0, mostFacts),
    ),
  });
}

function fact(panel: object, key: string): [name: string, value: string][] {
  if (taken.has(key) || /link|token|_id$|serpapi/.test(key)) return [];
  const text = readText(panel, key);
  if (text === undefined || text.length > 300 || /^https?:/.test(text)) return [];
  return [[key.replaceAll("_", " "), text]];
}

/** The text of Google's AI overview; undefined if the answer contains only the token for a second request. */
function readOverview(answer: unknown): string | undefined {
  const sentences = readObjects(answer, "ai_overview.text_blocks").flatMap(sentencesOf);
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

function sentencesOf(block: object): string[] {
  const own = [readText(block, "title"), readText(block, "snippet")].filter((text) => text !== undefined);
  return [...own, ...readObjects(block, "list").flatMap(sentencesOf)];
}

/** Reads a result of any engine. Returns undefined for an entry without a title or a usable link. */
function readResult(entry: object): SearchResult | undefined {
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

/** No engine returns more results on a page. */
const mostResults = 100;

/** Reads a list of results. A Google News entry that groups several stories becomes one result for each story. */
function readResults(answer: unknown, list: string): SearchResult[] {
  return readObjects(answer, list)
    .slice(0, mostResults)
    .flatMap(takeApart)
    .flatMap((entry) => readResult(entry) ?? []);
}

/** The stories of an entry, without repeating the highlighted one. */
function takeApart(entry: object): object[] {
  const highlight = readPath(entry, "highlight");
  const stories = readObjects(entry, "stories");
  if (typeof highlight !== "object" || highlight === null) return stories.length > 0 ? stories : [entry];
  const link = readPath(highlight, "link");
  return [highlight, ...stories.filter((story) => readPath(story, "link") !== link)];
}

/** Each kind of answer box has its text in another field. The first existing one is used. */
const places = ["answer", "result", "snippet", "definition", "translation.target.text", "price"];

/** Fields that mean nothing to a reader. */
const silent = /^(type|title|link|displayed_link|thumbnail|favicon|serpapi_|google_)|_link$|_id$|token/;

/** The direct answer above the results: a fact, a calculation, the weather, a quoted page. */
function readAnswerBox(answer: unknown): Answer | undefined {
  const found = readPath(answer, "answer_box");
  const box: unknown = Array.isArray(found) ? found[0] : found;
  if (typeof box !== "object" || box === null) return undefined;
  const text = places.map((place) => readText(box, place)).find((one) => one !== undefined) ?? fromLists(box);
  const said = text ?? fromFields(box);
  if (said === undefined) return undefined;
  return known<Answer>({ text: said, title: readText(box, "title"), link: readLink(box, "link") });
}

function fromLists(box: object): string | undefined {
  for (const place of ["list", "snippet_highlighted_words", "definitions"]) {
    const list = readPath(box, place);
    if (!Array.isArray(list)) continue;
    const items = list.filter((item): item is string => typeof item === "string");
    if (items.length > 0) return items.join("; ");
  }
  return undefined;
}

/** The short fields by name of a box without a text, such as the weather. */
function fromFields(box: object): string | undefined {
  const fields = Object.keys(box).flatMap((name) => {
    const text = silent.test(name) ? undefined : readText(box, name.replaceAll(".", " "));
    return text === undefined || text.length > 200 || /^https?:/.test(text)
      ? []
      : [`${name.replaceAll("_", " ")}: ${text}`];
  });
  return fields.length > 0 ? fields.slice(0, 12).join(", ") : undefined;
}
