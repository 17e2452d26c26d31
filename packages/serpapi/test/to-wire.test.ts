import { describe, expect, test } from "vitest";
import { searchInput, type SearchInput } from "../src/search/search-input.ts";
import { toWire } from "../src/search/to-wire.ts";

const now = new Date("2026-11-22T12:00:00Z");
const wire = (input: SearchInput) => toWire(searchInput.parse(input), now);

describe("a request with every field", () => {
  const everything = {
    query: "tea",
    page: 3,
    number: 5,
    timeRange: "week",
    country: "UK",
    language: "en-GB",
    location: "London",
    safe: "strict",
  } as const;
  test.for([
    ["google", { q: "tea", start: "20", tbs: "qdr:w", gl: "gb", hl: "en", location: "London", safe: "active" }, []],
    [
      "google_light",
      { q: "tea", start: "20", as_qdr: "w", gl: "gb", hl: "en", location: "London", safe: "active" },
      [],
    ],
    ["google_news", { q: "tea when:7d", gl: "gb", hl: "en" }, ["page", "location", "safe"]],
    [
      "google_scholar",
      { q: "tea", start: "20", num: "5", hl: "en", safe: "active" },
      ["country", "location", "timeRange"],
    ],
    ["google_images", { q: "tea", ijn: "2", tbs: "qdr:w", gl: "gb", hl: "en", location: "London", safe: "active" }, []],
    [
      "bing",
      {
        q: "tea",
        first: "21",
        mkt: "en-gb",
        location: "London",
        safeSearch: "strict",
        filters: 'ex1:"ez5_20772_20779"',
      },
      [],
    ],
    ["duckduckgo", { q: "tea", start: "60", m: "5", kl: "uk-en", safe: "1", df: "w" }, ["location"]],
  ] as const)("%s gets its own parameters", ([engine, parameters, ignored]) => {
    expect(wire({ ...everything, engine })).toEqual({ parameters: { engine, ...parameters }, ignored });
  });
});

test("a minimal request sends only the query and the engine", () => {
  expect(wire({ query: " tea " })).toEqual({ parameters: { engine: "google", q: "tea" }, ignored: [] });
});

test.for([
  ["google", "hour", { tbs: "qdr:h" }],
  ["google_light", "hour", undefined],
  ["google_light", "year", { as_qdr: "y" }],
  ["google_news", "hour", { q: "tea when:1h" }],
  ["google_scholar", "year", { scisbd: "2" }],
  ["google_scholar", "day", undefined],
  ["bing", "day", { filters: 'ex1:"ez5_20778_20779"' }],
  ["bing", "hour", undefined],
  ["duckduckgo", "hour", undefined],
] as const)("%s searches in the past %s, or ignores the range", ([engine, timeRange, expected]) => {
  const { parameters, ignored } = wire({ query: "tea", engine, timeRange });
  expect(ignored).toEqual(expected ? [] : ["timeRange"]);
  expect(parameters).toMatchObject(expected ?? { q: "tea" });
});

describe("country and language", () => {
  test.for([
    ["google", { language: "pt-BR" }, { hl: "pt-br" }, []],
    ["google", { language: "de-AT", country: "at" }, { hl: "de", gl: "at" }, []],
    ["bing", { country: "de" }, { cc: "DE" }, []],
    ["bing", { language: "de" }, {}, ["language"]],
    ["bing", { language: "de-CH" }, { mkt: "de-ch" }, []],
    ["duckduckgo", { country: "ch" }, { kl: "ch-de" }, []],
    ["duckduckgo", { country: "ch", language: "fr" }, { kl: "ch-fr" }, []],
    ["duckduckgo", { language: "fr" }, {}, ["language"]],
    ["duckduckgo", { country: "zz" }, {}, ["country"]],
    ["google_scholar", { country: "de" }, {}, ["country"]],
  ] as const)("%s gets the locale %o in its own form, or ignores it", ([engine, locale, expected, ignored]) => {
    expect(wire({ query: "tea", engine, ...locale })).toEqual({
      parameters: { engine, q: "tea", ...expected },
      ignored,
    });
  });
});
