import { engineIds, type EngineId } from "../search/engines.ts";
import type { SearchInput } from "../search/search-input.ts";

/** What SearXNG's levels 0, 1, 2 mean. */
const safeLevels = ["off", "moderate", "strict"] as const;
const timeRanges = ["day", "week", "month", "year"] as const;

/** The engines of categories; `general` goes to the one that the operator chose. */
const categories: { readonly [category: string]: EngineId } = {
  news: "google_news",
  images: "google_images",
  science: "google_scholar",
  "scientific publications": "google_scholar",
};

/**
 * A search as SearXNG clients ask for it, as a request of ours; undefined for a category that is not served. A client that
 * names several engines gets one of them: each would cost a search.
 */
export function readSearxngQuery(query: URLSearchParams, engine: EngineId): SearchInput | undefined {
  const category = query.get("categories")?.split(",")[0]?.trim().toLowerCase() || "general";
  const isGeneral = category === "general" || category === "web";
  if (!isGeneral && !Object.hasOwn(categories, category)) return undefined;
  const [language, country] = localeOf(query.get("language"));
  const safe = safeLevels[Number(query.get("safesearch") ?? Number.NaN)];
  const timeRange = timeRanges.find((range) => range === query.get("time_range"));
  const page = Number(query.get("pageno") ?? 1);
  return {
    query: query.get("q") ?? "",
    engine: isGeneral ? (namedEngine(query.get("engines")) ?? engine) : categories[category],
    page: Number.isInteger(page) && page > 0 ? page : 1,
    ...(language && { language }),
    ...(country && { country }),
    ...(safe && { safe }),
    ...(timeRange && { timeRange }),
  };
}

/** The one engine that a client insists on; a list is a default of its own and decides nothing. */
function namedEngine(text: string | null): EngineId | undefined {
  return engineIds.find((id) => id === text?.trim().toLowerCase());
}

/** `all` and `auto` name no language; `de-CH` names a country too. */
function localeOf(text: string | null): [language?: string, country?: string] {
  const found = /^([a-z]{2,3})(?:-([a-z]{2}))?$/i.exec(text ?? "");
  if (!found || found[1]?.toLowerCase() === "all") return [];
  return [found[1], found[2]];
}
