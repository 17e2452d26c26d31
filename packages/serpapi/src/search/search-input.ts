import { z } from "zod";
import { engineIds } from "./engines.ts";

/** What a model may ask for. The descriptions are for the model. */
export const searchInput = z.object({
  query: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .describe('What to search for. Operators work: "exact phrase", -without, site:example.org.'),
  engine: z
    .enum(engineIds)
    .default("google")
    .describe(
      "google: web, with direct answers. google_light: web, faster. google_news: news. google_scholar: papers. google_images: pictures. bing, duckduckgo: other web search engines.",
    ),
  page: z.int().min(1).max(50).default(1).describe("Page of results, from 1."),
  number: z.int().min(1).max(50).optional().describe("The most results to return."),
  timeRange: z
    .enum(["hour", "day", "week", "month", "year"])
    .optional()
    .describe("Only what appeared in the past hour, day, week, month or year."),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, "two letters are needed: us, de, fr")
    .optional()
    .describe("Country to search from, two letters: us, de, fr."),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?$/, "a language code is needed: en, de, pt-BR")
    .optional()
    .describe("Language code: en, de, pt-BR."),
  location: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .optional()
    .describe("City to search from, for local results: Austin, Texas, United States."),
  safe: z.enum(["off", "moderate", "strict"]).optional().describe("How strictly adult content is filtered."),
});

/** The input as a caller writes it. */
export type SearchInput = z.input<typeof searchInput>;

/** The input with its defaults filled in. */
export type SearchRequest = z.output<typeof searchInput>;
