import { readFileSync } from "node:fs";
import { serveSearxng, type SearxngOptions } from "@llm-provider/serpapi/searxng";
import { startSerpapiTwin, type SerpapiTwin, type SerpapiTwinOptions } from "@llm-provider/serpapi/twin";
import { afterEach, expect, test } from "vitest";
import { send } from "../../server/test/send.ts";

type Recorded = {
  by: string;
  requests: { method: string; path: string; headers: Record<string, string>; status: number }[];
};
type Answer = {
  results: { url: string; title: string; content: string; img_src?: string }[];
  suggestions: string[];
  error?: string;
};

/** What LibreChat's published search sent to this endpoint: e2e/librechat-search/record.sh. */
const recorded = JSON.parse(readFileSync(new URL("./librechat-queries.json", import.meta.url), "utf8")) as Recorded;

const canary = "c4a7e91b30d258f6c4a7e91b30d258f6c4a7e91b30d258f6c4a7e91b30d258f6";
const key = "searxng-key-2f80b1c6d4";
const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function start(
  options: SearxngOptions = {},
  twinOptions: SerpapiTwinOptions = {},
): Promise<{ url: string; twin: SerpapiTwin; errors: string[] }> {
  const errors: string[] = [];
  const twin = await startSerpapiTwin({ apiKey: canary, ...twinOptions });
  const server = await serveSearxng({
    tool: { apiKey: canary, baseURL: twin.url },
    onError: (sentence) => errors.push(sentence),
    ...options,
  });
  ended.push(server.close, twin.close);
  return { url: server.url, twin, errors };
}

async function get(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: Answer }> {
  const response = await fetch(url, { headers });
  const text = await response.text();
  expect(text).not.toContain(canary.slice(0, 12));
  return { status: response.status, body: JSON.parse(text) as Answer };
}

test.for(recorded.requests.map((request, index) => ({ index, ...request })))(
  "LibreChat's request $index is answered: $path",
  async ({ path, headers, status }) => {
    const { url, twin } = await start({ key });
    const shown = headers["x-api-key"] === "<the key>" ? key : headers["x-api-key"];
    const answer = await get(url + path, { ...headers, "x-api-key": shown ?? "" });
    expect(answer.status).toBe(status);
    if (status !== 200) return expect(twin.requests).toEqual([]);
    const category = new URLSearchParams(path.split("?")[1]).get("categories");
    if (category === "videos") {
      expect(answer.body.results).toEqual([]);
      return expect(twin.requests).toEqual([]);
    }
    // One search, however many engines LibreChat names.
    expect(twin.requests).toHaveLength(1);
    expect(answer.body.results).toHaveLength(10);
    for (const result of answer.body.results) {
      // LibreChat reads the host of each URL, and a single invalid URL would fail the whole search.
      expect(new URL(result.url).hostname).toMatch(/\.example$/);
      expect(result).toMatchObject({ title: expect.any(String), content: expect.any(String) });
      expect(result.img_src !== undefined).toBe(category === "images");
    }
    expect(answer.body.suggestions).toHaveLength(2);
  },
);

test("LibreChat's parameters reach SerpApi", async () => {
  const { url, twin } = await start();
  const ask = async (query: string) => {
    await get(`${url}/search?format=json&${query}`);
    return twin.requests.at(-1)?.parameters;
  };
  expect(await ask("q=tea&categories=general&language=all&safesearch=1&engines=google,bing,duckduckgo")).toEqual({
    engine: "google_light",
    q: "tea",
  });
  expect(await ask("q=tea&language=de-CH&safesearch=2&time_range=month&pageno=2")).toEqual({
    engine: "google_light",
    q: "tea",
    hl: "de",
    gl: "ch",
    safe: "active",
    as_qdr: "m",
    start: "10",
  });
  expect(await ask("q=tea&engines=duckduckgo&safesearch=0")).toEqual({ engine: "duckduckgo", q: "tea", safe: "-2" });
  expect(await ask("q=tea&categories=news")).toMatchObject({ engine: "google_news" });
  expect(await ask("q=tea&categories=images")).toMatchObject({ engine: "google_images" });
  expect(await ask("q=tea&categories=science")).toMatchObject({ engine: "google_scholar" });
  expect(await ask("q=tea&language=auto&pageno=x&safesearch=9&time_range=decade")).toEqual({
    engine: "google_light",
    q: "tea",
  });
});

test("a direct answer is the first result", async () => {
  const { url } = await start({ engine: "google" });
  const { body } = await get(`${url}/search?q=tea`);
  expect(body.results.slice(0, 2)).toMatchObject([
    { url: "https://encyclopedia.example/answer", title: "About tea", content: "The short answer on tea." },
    { url: "https://site-1.example/tea", engine: "google", category: "general" },
  ]);
  expect(body).toMatchObject({
    query: "tea",
    answers: [{ answer: "The short answer on tea.", url: "https://encyclopedia.example/answer" }],
    infoboxes: [{ infobox: "tea", content: "tea is a topic of this twin." }],
    unresponsive_engines: [],
  });
});

test("a page is listed once, and not as a picture although it has one", async () => {
  const link = "https://a.example/";
  const body = {
    answer_box: { answer: "Short.", title: "A", link },
    organic_results: [
      { title: "A", link, snippet: "Long." },
      { title: "B", link: "https://b.example/", original: "https://b.example/b.png" },
    ],
  };
  const { url } = await start({}, { answer: () => ({ status: 200, body }) });
  const { results } = (await get(`${url}/search?q=tea`)).body;
  expect(results.map((one) => [one.url, one.content, one.img_src])).toEqual([
    [link, "Short.", undefined],
    ["https://b.example/", "", undefined],
  ]);
});

test.for([
  ["an exhausted account", { searchesLeft: 0 }, 402, /run out of searches/],
  ["too many searches in an hour", { limitPerHour: 0 }, 429, /try again in the next hour/],
  ["a wrong key", { apiKey: "another-key-entirely" }, 502, /Set SERPAPI_API_KEY/],
  ["an upstream that hangs", { answer: (): "hang" => "hang" }, 504, /did not begin to answer/],
  ["a failed search", { answer: () => ({ status: 503, body: { error: "Blocked." } }) }, 503, /Blocked\./],
] as const)("%s has its own status, and a sentence for the operator", async ([, twinOptions, status, sentence]) => {
  const first = await start({}, twinOptions);
  const { url, errors } = await start({ tool: { apiKey: canary, baseURL: first.twin.url, timeout: 300 } });
  const answer = await get(`${url}/search?q=tea`);
  expect(answer.status).toBe(status);
  expect(answer.body.error).toMatch(sentence);
  expect(errors).toEqual([answer.body.error]);
  expect(errors.join()).not.toContain(canary.slice(0, 12));
});

test("invalid requests are refused before any search", async () => {
  const { url, twin } = await start();
  expect((await get(`${url}/search?q=`)).status).toBe(400);
  expect((await get(`${url}/search`)).status).toBe(400);
  expect((await get(`${url}/`)).status).toBe(404);
  expect((await get(`${url}/search?q=tea&format=html`)).status).toBe(403);
  expect((await fetch(`${url}/search?q=tea`, { method: "POST" })).status).toBe(405);
  expect((await get(`${url}/search?q=tea&categories=music`)).body.results).toEqual([]);
  expect(twin.requests).toEqual([]);
});

// Issue 20: an <img> on a web page sends such a request, without an Origin.
test("a web page cannot spend searches, nor fill the twin's list of requests", async () => {
  const { url, twin } = await start();
  const status = async (address: string, headers: Record<string, string>, method = "GET") =>
    (await send(address, headers, { method })).status;
  for (const site of ["cross-site", "same-site"]) {
    expect(await status(`${url}/search?q=tea`, { "sec-fetch-site": site, "sec-fetch-mode": "no-cors" })).toBe(403);
    expect(await status(`${twin.url}/search?q=tea&api_key=${canary}`, { "sec-fetch-site": site })).toBe(403);
  }
  expect(await status(`${twin.url}/search?q=tea&api_key=${canary}`, { host: "evil.example" })).toBe(403);
  expect(await status(`${url}/search?q=tea`, { host: "evil.example" })).toBe(403);
  expect(await status(`${url}/search?q=tea`, {}, "HEAD")).toBe(405);
  expect(twin.requests).toEqual([]);
  for (const site of ["none", "same-origin"])
    expect(await status(`${url}/search?q=tea`, { "sec-fetch-site": site })).toBe(200);
  expect(twin.requests).toHaveLength(2);
});

test("the server binds loopback, and any other address only with a key", async () => {
  const { url } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  await expect(serveSearxng({ host: "0.0.0.0" })).rejects.toThrow(/Give it a secret/);
  const open = await serveSearxng({ host: "0.0.0.0", key });
  ended.push(open.close);
  expect((await fetch(`${open.url.replace("0.0.0.0", "127.0.0.1")}/search?q=tea`)).status).toBe(401);
});

test("a search is aborted when its client disconnects", async () => {
  let left = () => {};
  const gone = new Promise<void>((resolve) => (left = resolve));
  const server = await serveSearxng({
    tool: {
      apiKey: canary,
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => {
            left();
            reject(new Error("aborted"));
          });
        }),
    },
  });
  ended.push(server.close);
  await expect(fetch(`${server.url}/search?q=tea`, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  await gone;
});
