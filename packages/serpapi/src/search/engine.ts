/** Parameters of a request to SerpApi, by their wire names. */
export type WireParameters = { readonly [name: string]: string };

export type SafeSearch = "off" | "moderate" | "strict";
export type TimeRange = "hour" | "day" | "week" | "month" | "year";

/**
 * How one search engine is asked. A function that is missing, or that gives nothing, means that the engine has no such
 * parameter: the caller is told that it was left out.
 */
export type Engine = {
  /** SerpApi's page about it. */
  readonly docs: string;
  /** The name of the query's parameter. */
  readonly query: string;
  /** The list of the answer that contains the results. */
  readonly results: "organic_results" | "news_results" | "images_results";
  /** From 2; the first page needs no parameter. */
  readonly page?: (page: number) => WireParameters;
  readonly number?: (number: number) => WireParameters;
  /** Lower case, in the form `de` or `pt-br`; the country beside it where it is known. */
  readonly language?: (language: string, country: string | undefined) => WireParameters | undefined;
  /** Two letters, lower case, ISO 3166: `gb`, not `uk`. */
  readonly country?: (country: string, language: string | undefined) => WireParameters | undefined;
  readonly location?: (location: string) => WireParameters;
  readonly safe?: { readonly [level in SafeSearch]?: WireParameters };
  readonly timeRange?: (range: TimeRange, query: string, now: Date) => WireParameters | undefined;
};
