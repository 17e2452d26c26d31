import type { SearchOutput, SearchResult } from "../search/search-output.ts";

/** The JSON of a SearXNG search. */
export type SearxngAnswer = {
  query: string;
  number_of_results: number;
  results: SearxngResult[];
  answers: { answer: string; url: string | null }[];
  corrections: string[];
  infoboxes: { infobox: string; content: string; urls: { title: string; url: string }[] }[];
  suggestions: string[];
  unresponsive_engines: [engine: string, reason: string][];
};

export type SearxngResult = {
  url: string;
  title: string;
  content: string;
  engine: string;
  engines: string[];
  category: string;
  score: number;
  publishedDate: string | null;
  thumbnail?: string;
  img_src?: string;
};

/**
 * The output of a search in SearXNG's form. LibreChat reads only `results` and `suggestions`, so a direct answer with a link becomes
 * the first result. Only pictures get `img_src`, since LibreChat shows every result that has it as a picture.
 */
export function toSearxng(output: SearchOutput, category: string): SearxngAnswer {
  const { request, answer, knowledge, related, corrected } = output;
  const direct: SearchResult[] = answer?.link
    ? [{ title: answer.title ?? request.query, link: answer.link, snippet: answer.text }]
    : [];
  const rest = [...output.results, ...output.news].filter(({ link }) => link !== answer?.link);
  return {
    query: request.query,
    number_of_results: output.total ?? 0,
    results: [...direct, ...rest].map((result, index) => ({
      url: result.link,
      title: result.title,
      content: result.snippet ?? "",
      engine: request.engine,
      engines: [request.engine],
      category,
      score: 1 / (index + 1),
      publishedDate: result.date ?? null,
      ...(result.thumbnail && { thumbnail: result.thumbnail }),
      ...(request.engine === "google_images" && result.image && { img_src: result.image }),
    })),
    answers: answer ? [{ answer: answer.text, url: answer.link ?? null }] : [],
    corrections: corrected ? [corrected] : [],
    infoboxes: knowledge
      ? [
          {
            infobox: knowledge.title,
            content: knowledge.description ?? "",
            urls: knowledge.source?.link ? [{ title: knowledge.source.name, url: knowledge.source.link }] : [],
          },
        ]
      : [],
    suggestions: related,
    unresponsive_engines: [],
  };
}
