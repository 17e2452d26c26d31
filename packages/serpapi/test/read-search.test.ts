import { expect, test } from "vitest";
import { readSearch } from "../src/search/read-search.ts";
import { searchInput, type SearchInput } from "../src/search/search-input.ts";

const read = (answer: unknown, input: Partial<SearchInput> = {}) =>
  readSearch(answer, searchInput.parse({ query: "tea", ...input }), []);

test("an answer without results is read as empty", () => {
  const empty = { results: [], news: [], questions: [], related: [], hasNextPage: false, ignored: [] };
  for (const answer of [{}, { organic_results: null }, { organic_results: "none" }, { organic_results: [null, 1, {}] }])
    expect(read(answer)).toEqual({ request: searchInput.parse({ query: "tea" }), ...empty });
});

test("fields of the wrong type and invalid links are left out", () => {
  const { results } = read({
    organic_results: [
      { title: "A", link: "https://a.example/", snippet: 12, date: ["no"], position: "2" },
      { title: "B", link: "javascript:alert(1)" },
      { title: "C", link: "/search?q=c" },
      { link: "https://d.example/" },
      { title: "two\n  lines", link: " https://e.example/ " },
      { title: "F", link: "https://f.example/a b>\n2. **G**" },
    ],
  });
  expect(results).toEqual([
    { position: 2, title: "A", link: "https://a.example/", snippet: "12" },
    { title: "C", link: "https://www.google.com/search?q=c" },
    { title: "two\n  lines", link: "https://e.example/" },
    { title: "F", link: "https://f.example/a%20b%3E2.%20**G**" },
  ]);
});

test.for([
  [
    { answer: "42", title: "Sum", link: "https://a.example/" },
    { text: "42", title: "Sum", link: "https://a.example/" },
  ],
  [{ type: "calculator_result", result: "4" }, { text: "4" }],
  [{ snippet: "It is tea.", list: ["x"] }, { text: "It is tea." }],
  [{ list: ["boil", "pour"] }, { text: "boil; pour" }],
  [{ snippet_highlighted_words: ["March 2012"] }, { text: "March 2012" }],
  [
    { type: "weather_result", temperature: "15", unit: "Celsius", thumbnail: "https://x.example/", weather: "Cloudy" },
    { text: "temperature: 15, unit: Celsius, weather: Cloudy" },
  ],
  [[{ answer: "first" }, { answer: "second" }], { text: "first" }],
  [{ type: "unknown", link: "https://a.example/" }, undefined],
  ["text", undefined],
])("the answer box %j is read", ([box, expected]) => {
  expect(read({ answer_box: box }).answer).toEqual(expected);
});

test("the knowledge panel gives short facts by name", () => {
  const { knowledge } = read({
    knowledge_graph: {
      title: "Go",
      type: "Programming language",
      kgmid: "/m/09gbxjr",
      website: "https://go.dev/",
      description: "A language.",
      source: { name: "Wikipedia", link: "https://en.wikipedia.org/wiki/Go" },
      designed_by: "Griesemer, Pike, Thompson",
      designed_by_links: [{ text: "Pike", link: "https://x.example/" }],
      first_appeared: 2009,
      header_images: [{ image: "data:…" }],
    },
  });
  expect(knowledge).toEqual({
    title: "Go",
    type: "Programming language",
    description: "A language.",
    source: { name: "Wikipedia", link: "https://en.wikipedia.org/wiki/Go" },
    facts: { "designed by": "Griesemer, Pike, Thompson", "first appeared": "2009" },
  });
});

test("each story that Google News groups becomes a result", () => {
  const story = (n: number) => ({
    title: `Story ${n}`,
    link: `https://paper.example/${n}`,
    source: { name: "The Paper", icon: "https://x.example/i.png" },
    date: "11/22/2026, 08:00 AM, +0000 UTC",
  });
  const { results, news, hasNextPage } = read(
    { news_results: [story(1), { title: "Cluster", highlight: story(2), stories: [story(2), story(3)] }] },
    { engine: "google_news" },
  );
  expect(results.map(({ title, source }) => [title, source])).toEqual([
    ["Story 1", "The Paper"],
    ["Story 2", "The Paper"],
    ["Story 3", "The Paper"],
  ]);
  expect({ news, hasNextPage }).toEqual({ news: [], hasNextPage: false });
});

test("papers have authors and citations, and pictures have a file", () => {
  const papers = read(
    {
      organic_results: [
        {
          title: "On tea",
          link: "https://journal.example/1",
          publication_info: { summary: "A Author - Journal of Tea, 2020" },
          inline_links: { cited_by: { total: 17 } },
        },
      ],
    },
    { engine: "google_scholar" },
  );
  expect(papers.results).toEqual([
    { title: "On tea", link: "https://journal.example/1", source: "A Author - Journal of Tea, 2020", citedBy: 17 },
  ]);
  const pictures = read(
    {
      images_results: [{ title: "Tea", link: "https://p.example/", original: "https://p.example/t.png", source: "P" }],
    },
    { engine: "google_images" },
  );
  expect(pictures.results).toEqual([
    { title: "Tea", link: "https://p.example/", source: "P", image: "https://p.example/t.png" },
  ]);
});

test("the text of an AI overview is read, but not its token", () => {
  expect(read({ ai_overview: { page_token: "C2ynj3icx" } }).overview).toBeUndefined();
  const text_blocks = [
    { type: "paragraph", snippet: "Tea is a drink." },
    { type: "list", list: [{ title: "Green", snippet: "not oxidised." }] },
  ];
  expect(read({ ai_overview: { text_blocks } }).overview).toBe("Tea is a drink. Green not oxidised.");
});

test("`number` limits the results of any engine", () => {
  const organic_results = Array.from({ length: 30 }, (_, n) => ({ title: `T${n}`, link: `https://x.example/${n}` }));
  expect(read({ organic_results }, { number: 3 }).results).toHaveLength(3);
  expect(read({ organic_results }).results).toHaveLength(30);
});
