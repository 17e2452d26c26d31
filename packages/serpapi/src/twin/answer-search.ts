import { createHash } from "node:crypto";
import { engineIds, engines, type EngineId } from "../search/engines.ts";

/** A response of the twin: a status, and an object to send as JSON or a text to send unchanged. */
export interface TwinReply {
  readonly status: number;
  readonly body: object | string;
  readonly headers?: { readonly [name: string]: string };
}

/** A query that contains this word finds nothing. */
const nothing = "zxqjkvbn";

/** Makes up an answer to a query, in SerpApi's documented form. */
export function answerSearch(parameters: { readonly [name: string]: string }): TwinReply {
  const { output: _, ...asked } = parameters;
  const id = asked["engine"] ?? "google";
  if (!isEngine(id)) return { status: 400, body: { error: `Unsupported \`${id}\` search engine.` } };
  const engine = engines[id];
  const query = asked[engine.query];
  if (!query) return { status: 400, body: { error: `Missing query \`${engine.query}\` parameter.` } };

  const searchId = createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 24);
  const isEmpty = query.includes(nothing);
  const common = {
    search_metadata: {
      id: searchId,
      status: "Success",
      json_endpoint: `https://serpapi.com/searches/0000000000000000/${searchId}.json`,
      created_at: "2026-11-22 12:00:00 UTC",
      processed_at: "2026-11-22 12:00:00 UTC",
      total_time_taken: 0.5,
    },
    search_parameters: { ...asked, engine: id },
    search_information: {
      query_displayed: query,
      total_results: isEmpty ? 0 : 1_230_000,
      organic_results_state: isEmpty ? "Fully empty" : "Results for exact spelling",
    },
  };
  const headers = { "serpapi-search-id": searchId };
  if (isEmpty)
    return { status: 200, headers, body: { ...common, error: "Google hasn't returned any results for this query." } };

  const start = Number(asked["start"] ?? 0);
  const next = new URLSearchParams({ ...asked, start: String(start + 10) });
  return {
    status: 200,
    headers,
    body: {
      ...common,
      ...(id === "google" && direct(query)),
      [engine.results]: organicResults(query, start, id === "google_images"),
      related_searches: [{ query: `${query} explained` }, { query: `${query} history` }],
      ...(engine.page && {
        serpapi_pagination: { current: start / 10 + 1, next: `https://serpapi.com/search.json?${next}` },
      }),
    },
  };
}

function isEngine(id: string): id is EngineId {
  return (engineIds as readonly string[]).includes(id);
}

/** The boxes that Google shows above and between the results. */
function direct(query: string): object {
  const link = "https://encyclopedia.example/answer";
  return {
    answer_box: { type: "organic_result", title: `About ${query}`, link, answer: `The short answer on ${query}.` },
    knowledge_graph: {
      title: query,
      type: "Topic",
      description: `${query} is a topic of this twin.`,
      source: { name: "Encyclopedia", link },
      first_mentioned: "2012",
    },
    related_questions: [
      { question: `What is ${query}?`, snippet: `A topic of this twin.`, title: "Encyclopedia", link },
    ],
    top_stories: [
      { title: `${query} in the news`, link: "https://paper.example/1", source: "The Paper", date: "2 hours ago" },
    ],
  };
}

/** Ten results. Pictures also have the URL of their file. */
function organicResults(query: string, start: number, arePictures: boolean): object[] {
  return Array.from({ length: 10 }, (_, index) => {
    const position = start + index + 1;
    const site = `site-${position}.example`;
    return {
      position: index + 1,
      title: `${query}: page ${position}`,
      link: `https://${site}/${encodeURIComponent(query)}`,
      redirect_link: `https://www.google.com/url?url=https://${site}/`,
      displayed_link: `https://${site} › …`,
      ...(arePictures && { original: `https://${site}/picture.png` }),
      thumbnail: `https://${site}/small.png`,
      date: "Nov 1, 2026",
      snippet: `What ${site} says about ${query}.`,
      source: `Site ${position}`,
    };
  });
}
