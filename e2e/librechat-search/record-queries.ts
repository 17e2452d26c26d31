// LibreChat's published search tool → a recorder → our SearXNG-shaped endpoint → the twin of SerpApi. Nothing leaves this machine.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSearchTool } from "@librechat/agents";
import { serveSearxng } from "../../packages/serpapi/dist/searxng.js";
import { startSerpapiTwin } from "../../packages/serpapi/dist/twin.js";

const key = "key-of-this-recording";
const output = new URL("../../packages/serpapi/test/librechat-queries.json", import.meta.url);
const { version } = JSON.parse(
  readFileSync(new URL("node_modules/@librechat/agents/package.json", import.meta.url), "utf8"),
) as { version: string };

type Recorded = { input: object; method: string; path: string; headers: { [name: string]: string }; status: number };
const recorded: Recorded[] = [];
let input: object = {};

const twin = await startSerpapiTwin({ apiKey: "twin-key" });
const endpoint = await serveSearxng({ key, tool: { apiKey: "twin-key", baseURL: twin.url } });

const recorder = createServer(async (request, response) => {
  const { method = "GET", url = "/", headers } = request;
  const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "host")) as Record<
    string,
    string
  >;
  const answer = await fetch(endpoint.url + url, { method, headers: { "x-api-key": sent["x-api-key"] ?? "" } });
  const shown = sent["x-api-key"] === key ? { ...sent, "x-api-key": "<the key>" } : sent;
  recorded.push({ input, method, path: url, headers: shown, status: answer.status });
  response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
});
await new Promise<void>((resolve) => recorder.listen(0, "127.0.0.1", resolve));

// The scraper fetches no pages: its server refuses every request.
const scraper = createServer((_, response) => void response.writeHead(500).end());
await new Promise<void>((resolve) => scraper.listen(0, "127.0.0.1", resolve));
const urlOf = (server: typeof recorder): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

for (const { config = {}, call } of [
  { call: { query: "go 1.0 release date" } },
  { call: { query: "go 1.0 release date", news: true, images: true, videos: true } },
  { config: { safeSearch: 2 as const }, call: { query: "größter See" } },
  {
    config: { searxngSearchOptions: { language: "de-CH", timeRange: "month", engines: "google_scholar" } },
    call: { query: "Seen" },
  },
]) {
  input = { ...config, ...call };
  const tool = createSearchTool({
    searchProvider: "searxng",
    searxngInstanceUrl: urlOf(recorder),
    searxngApiKey: key,
    scraperProvider: "firecrawl",
    firecrawlApiKey: "none",
    firecrawlApiUrl: urlOf(scraper),
    rerankerType: "none",
    ...config,
  } as Parameters<typeof createSearchTool>[0]);
  const text = String(await tool.invoke(call));
  assert.match(text, /site-1\.example/, "LibreChat's search shows our results");
  console.log(`${JSON.stringify(input)}: ${text.length} characters for the model`);
}

const wrong = createSearchTool({
  searchProvider: "searxng",
  searxngInstanceUrl: urlOf(recorder),
  searxngApiKey: "wrong",
  rerankerType: "none",
});
input = { query: "with a wrong key" };
console.log(`a wrong key: ${String(await wrong.invoke({ query: "with a wrong key" })).slice(0, 300)}`);

writeFileSync(
  output,
  `${JSON.stringify({ by: `@librechat/agents ${version}`, on: new Date().toISOString().slice(0, 10), requests: recorded }, null, 2)}\n`,
);
console.log(`${recorded.length} requests written to ${output.pathname.split("/").slice(-4).join("/")}`);
await Promise.all([twin.close(), endpoint.close()]);
process.exit(0);
