// Records the requests and answers of the tool into test/cassettes: from SerpApi itself if SERPAPI_API_KEY is set (four searches), else
// from the twin. Documented cassettes are written by hand and not changed.
import { recordTool } from "@llm-provider/testing";
import { serpapi } from "../src/serpapi.ts";
import { startSerpapiTwin } from "../src/twin/start-serpapi-twin.ts";

const searches = {
  search: { query: "Go 1.0 release date", language: "en", country: "us" },
  "search-page": { query: "tea", engine: "bing", page: 2, country: "de" },
  news: { query: "tea", engine: "google_news", timeRange: "week" },
  papers: { query: "tea", engine: "google_scholar", number: 5 },
};
// Only recorded from the twin: nobody uses up a real account for a recording.
const quota = { query: "one search too many" };

const isLive = Boolean(process.env["SERPAPI_API_KEY"]);
const [twin, exhausted] = await Promise.all([startSerpapiTwin(), startSerpapiTwin({ searchesLeft: 0 })]);
const { recorded, ok } = await recordTool(serpapi, {
  cassettes: new URL("../test/cassettes/", import.meta.url),
  scenarios: isLive ? searches : { ...searches, quota },
  twin: isLive
    ? undefined
    : (url, init) => {
        const { url: address } = new URL(url).searchParams.get("q") === quota.query ? exhausted : twin;
        return fetch(url.replace(serpapi.definition.baseURL!, address), init);
      },
});
await Promise.all([twin.close(), exhausted.close()]);
for (const { scenario, outcome } of recorded) console.log(`${outcome.padEnd(10)} ${scenario}`);
console.log(isLive ? "Recorded from SerpApi itself." : "Recorded from the twin: no request left this machine.");
process.exitCode = ok ? 0 : 1;
