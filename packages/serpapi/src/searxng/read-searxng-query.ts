import { engineIds, type EngineId } from "../search/engines.ts";
import type { SearchInput } from "../search/search-input.ts";

/** The meaning of SearXNG's levels 0, 1 and 2. */
const safeLevels = ["off", "moderate", "strict"] as const;
const timeRanges = ["day", "week", "month", "year"] as const;

/** The engine of each category. `general` goes to the engine that the operator chose. */
const categories: { readonly [category: string]: EngineId } = {
  news: "google_news",
  images: "google_images",
  science: "google_scholar",
  "scientific publications": "google_scholar",
};

/**
 * Reads a SearXNG client's query into the tool's input; undefined for an unsupported category. If a client names several engines, only
 * one is used, since each would cost a search.
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

/** The engine that a client names explicitly. A list of engines is only the client's default, so it is ignored. */
function namedEngine(text: string | null): EngineId | undefined {
  return engineIds.find((id) => id === text?.trim().toLowerCase());
}

/** `all` and `auto` are not languages; `de-CH` also names a country. */
function localeOf(text: string | null): [language?: string, country?: string] {
  const found = /^([a-z]{2,3})(?:-([a-z]{2}))?$/i.exec(text ?? "");
  if (!found || found[1]?.toLowerCase() === "all") return [];
  return [found[1], found[2]];
}
