/** Parameters of a request to SerpApi, by their wire names. */
export type WireParameters = { readonly [name: string]: string };

export type SafeSearch = "off" | "moderate" | "strict";
export type TimeRange = "hour" | "day" | "week" | "month" | "year";

/**
 * The parameters of one search engine. If a function is missing or returns undefined, the engine has no such parameter, and the caller is
 * told that it was ignored.
 */
export type Engine = {
  /** SerpApi's page about it. */
  readonly docs: string;
  /** The name of the query's parameter. */
  readonly query: string;
  /** The list in the answer that contains the results. */
  readonly results: "organic_results" | "news_results" | "images_results";
  /** Called from page 2 on; the first page needs no parameter. */
  readonly page?: (page: number) => WireParameters;
  readonly number?: (number: number) => WireParameters;
  /** The language is in lower case, such as `de` or `pt-br`. The country is passed if it is known. */
  readonly language?: (language: string, country: string | undefined) => WireParameters | undefined;
  /** The country has two letters in lower case, by ISO 3166: `gb`, not `uk`. */
  readonly country?: (country: string, language: string | undefined) => WireParameters | undefined;
  readonly location?: (location: string) => WireParameters;
  readonly safe?: { readonly [level in SafeSearch]?: WireParameters };
  readonly timeRange?: (range: TimeRange, query: string, now: Date) => WireParameters | undefined;
};

// Names and values are from SerpApi's parameter lists (github.com/serpapi/serpapi-mcp, engines/, 2026-07-16), read 2026-11-22.
// They were not tested against the live API.

export const engineIds = [
  "google",
  "google_light",
  "google_news",
  "google_scholar",
  "google_images",
  "bing",
  "duckduckgo",
] as const;

export type EngineId = (typeof engineIds)[number];

/** Google's interface languages with a region. For all others it only accepts the language. */
const regional = new Set(["zh-cn", "zh-tw", "pt-br", "pt-pt", "es-419", "sr-me"]);

const googleLanguage = (language: string): WireParameters => ({
  hl: regional.has(language) ? language : (language.split("-")[0] ?? language),
});

/** Pages of ten, since Google has ignored `num` since September 2025. */
const googlePage = (page: number): WireParameters => ({ start: String((page - 1) * 10) });

const googleSafe = { strict: { safe: "active" }, moderate: {}, off: { safe: "off" } } satisfies Engine["safe"];

const google: Engine = {
  docs: "https://serpapi.com/search-api",
  query: "q",
  results: "organic_results",
  page: googlePage,
  language: googleLanguage,
  country: (country) => ({ gl: country }),
  location: (location) => ({ location }),
  safe: googleSafe,
  timeRange: (range) => ({ tbs: `qdr:${range[0]}` }),
};

const days: { readonly [range in TimeRange]?: number } = { day: 1, week: 7, month: 30, year: 365 };

/** Bing counts in whole days since 1970: `ex1:"ez5_18169_18230"` is SerpApi's own example. */
function bingDates(range: TimeRange, _query: string, now: Date): WireParameters | undefined {
  const length = days[range];
  if (length === undefined) return undefined;
  const today = Math.floor(now.getTime() / 86_400_000);
  return { filters: `ex1:"ez5_${today - length}_${today}"` };
}

/** DuckDuckGo's regions, as SerpApi lists them: country first, then language. */
const regions = (
  "ar-es au-en at-de be-fr be-nl br-pt bg-bg ca-en ca-fr cl-es cn-zh co-es hr-hr cz-cs dk-da ee-et fi-fi fr-fr de-de " +
  "gr-el hk-tzh hu-hu is-is in-en id-en ie-en il-en it-it jp-jp kr-kr lv-lv lt-lt my-en mx-es nl-nl nz-en no-no pk-en " +
  "pe-es ph-en pl-pl pt-pt ro-ro ru-ru sg-en sk-sk sl-sl za-en es-es es-ca se-sv ch-de ch-fr tw-tzh th-en tr-tr us-en " +
  "us-es ua-uk uk-en vn-en"
).split(" ");

/** The region of a country and a language, or the country's first region if that pair does not exist. */
function duckduckgoRegion(country: string, language: string | undefined): WireParameters | undefined {
  const name = country === "gb" ? "uk" : country;
  const exact = `${name}-${language?.split("-")[0]}`;
  const region = regions.includes(exact) ? exact : regions.find((one) => one.startsWith(`${name}-`));
  return region === undefined ? undefined : { kl: region };
}

/** The parameters of each engine, and where its results are. */
export const engines: { readonly [id in EngineId]: Engine } = {
  google,
  google_light: {
    ...google,
    docs: "https://serpapi.com/google-light-api",
    // It has no `tbs`, and `as_qdr` does not support hours.
    timeRange: (range) => (range === "hour" ? undefined : { as_qdr: range.charAt(0) }),
  },
  google_news: {
    docs: "https://serpapi.com/google-news-api",
    query: "q",
    results: "news_results",
    language: googleLanguage,
    country: (country) => ({ gl: country }),
    timeRange: (range, query) => ({
      q: `${query} when:${{ hour: "1h", day: "1d", week: "7d", month: "30d", year: "1y" }[range]}`,
    }),
  },
  google_scholar: {
    docs: "https://serpapi.com/google-scholar-api",
    query: "q",
    results: "organic_results",
    page: googlePage,
    number: (number) => ({ num: String(Math.min(number, 20)) }),
    language: googleLanguage,
    safe: googleSafe,
    // It only supports "added in the last year, sorted by date".
    timeRange: (range) => (range === "year" ? { scisbd: "2" } : undefined),
  },
  google_images: {
    ...google,
    docs: "https://serpapi.com/google-images-api",
    results: "images_results",
    page: (page) => ({ ijn: String(page - 1) }),
  },
  bing: {
    docs: "https://serpapi.com/bing-search-api",
    query: "q",
    results: "organic_results",
    page: (page) => ({ first: String((page - 1) * 10 + 1) }),
    // `mkt` and `cc` exclude each other.
    language: (language, country) => (country ? { mkt: `${language.split("-")[0]}-${country}` } : undefined),
    country: (country, language): WireParameters => (language ? {} : { cc: country.toUpperCase() }),
    location: (location) => ({ location }),
    safe: { strict: { safeSearch: "strict" }, moderate: { safeSearch: "moderate" }, off: { safeSearch: "off" } },
    timeRange: bingDates,
  },
  duckduckgo: {
    docs: "https://serpapi.com/duckduckgo-search-api",
    query: "q",
    results: "organic_results",
    // Its pages vary in length. The first one has about thirty results.
    page: (page) => ({ start: String((page - 1) * 30) }),
    number: (number) => ({ m: String(number) }),
    language: (language, country) => (country && duckduckgoRegion(country, language) ? {} : undefined),
    country: duckduckgoRegion,
    safe: { strict: { safe: "1" }, moderate: { safe: "-1" }, off: { safe: "-2" } },
    timeRange: (range) => (range === "hour" ? undefined : { df: range.charAt(0) }),
  },
};
