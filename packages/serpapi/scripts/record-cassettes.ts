// Records what the tool and SerpApi say to each other, into test/cassettes: from SerpApi itself where SERPAPI_API_KEY is set
// (four searches), else from the twin. Documented cassettes are written by hand and left alone.
import { createRecorder } from "@llm-provider/testing";
import { buildCassette } from "../../testing/src/cassette/build-cassette.ts";
import { saveCassette } from "../../testing/src/cassette/save-cassette.ts";
import { serpapi } from "../src/serpapi.ts";
import type { SearchInput } from "../src/search/search-input.ts";
import { startSerpapiTwin } from "../src/twin/start-serpapi-twin.ts";

const folder = new URL("../test/cassettes/", import.meta.url);
const key = process.env["SERPAPI_API_KEY"] || undefined;
const searches: { [scenario: string]: SearchInput } = {
  search: { query: "Go 1.0 release date", language: "en", country: "us" },
  "search-page": { query: "tea", engine: "bing", page: 2, country: "de" },
  news: { query: "tea", engine: "google_news", timeRange: "week" },
  papers: { query: "tea", engine: "google_scholar", number: 5 },
};

for (const [scenario, input] of Object.entries(searches)) await save(scenario, input, 250);
// An account that has run out is no state that anybody records on purpose.
if (key === undefined) await save("quota", { query: "tea" }, 0);

async function save(scenario: string, input: SearchInput, searchesLeft: number): Promise<void> {
  const twin = key === undefined ? await startSerpapiTwin({ searchesLeft }) : undefined;
  const recorder = createRecorder(twin && { fetch: (url, init) => twin.fetch(url, init) });
  const apiKey = key ?? "key-of-the-twin-of-serpapi";
  const tool = serpapi({ apiKey, fetch: (url, init) => recorder.fetch(url, init ?? {}) });
  await tool.run(input).catch((error: unknown) => {
    if (scenario !== "quota") throw error;
  });
  const interactions = (await recorder.interactions()).map((interaction) => ({ ...interaction, asked: input }));
  saveCassette(
    folder,
    buildCassette({
      scenario,
      origin: twin ? "twin" : "live",
      adapter: "@llm-provider/serpapi",
      interactions,
      secrets: [apiKey],
    }),
  );
  await twin?.close();
  console.log(`${scenario}: recorded from ${twin ? "the twin" : "SerpApi itself"}`);
}
