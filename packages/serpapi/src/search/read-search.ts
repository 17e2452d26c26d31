import { readPath } from "@llm-provider/core/internal";
import { engines } from "./engines.ts";
import { readAnswerBox } from "./read-answer-box.ts";
import { readKnowledge } from "./read-knowledge.ts";
import { readOverview } from "./read-overview.ts";
import { readResults } from "./read-result.ts";
import { known } from "./known.ts";
import { readLink, readNumber, readObjects, readText } from "./read-text.ts";
import type { SearchRequest } from "./search-input.ts";
import type { Question, SearchOutput } from "./search-output.ts";

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
