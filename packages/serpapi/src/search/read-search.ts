import { readPath } from "@llm-provider/core/internal";
import { engines } from "./engines.ts";
import { readAnswerBox } from "./read-answer-box.ts";
import { readResults } from "./read-result.ts";
import { known, readLink, readNumber, readObjects, readText } from "./read-text.ts";
import type { SearchRequest } from "./search-input.ts";
import type { Knowledge, Question, SearchOutput } from "./search-output.ts";

/** Engines give four to ten. */
const most = 30;

/** The compact form of SerpApi's JSON. Whatever is missing is left out: every list may be absent. */
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

/** The text of Google's AI overview; undefined where the answer contains only the token of a second request. */
function readOverview(answer: unknown): string | undefined {
  const sentences = readObjects(answer, "ai_overview.text_blocks").flatMap(sentencesOf);
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

function sentencesOf(block: object): string[] {
  const own = [readText(block, "title"), readText(block, "snippet")].filter((text) => text !== undefined);
  return [...own, ...readObjects(block, "list").flatMap(sentencesOf)];
}
