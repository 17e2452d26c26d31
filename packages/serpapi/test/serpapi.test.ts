import { inspect } from "node:util";
import { type ErrorCode, ProviderError } from "@llm-provider/core";
import { checkAccount, engineIds, serpapi } from "@llm-provider/serpapi";
import {
  startSerpapiTwin,
  type SerpapiTwin,
  type SerpapiTwinOptions,
  type TwinReply,
} from "@llm-provider/serpapi/twin";
import { errorSentence } from "@llm-provider/core/internal";
import { afterEach, expect, test } from "vitest";

const canary = "c4a7e91b30d258f6c4a7e91b30d258f6c4a7e91b30d258f6c4a7e91b30d258f6";
let twin: SerpapiTwin | undefined;
afterEach(async () => {
  await twin?.close();
  delete process.env["SERPAPI_API_KEY"];
});

async function start(options: SerpapiTwinOptions = {}, apiKey = canary, timeout = 5000) {
  twin = await startSerpapiTwin({ apiKey: canary, ...options });
  return serpapi({ apiKey, baseURL: twin.url, timeout });
}

async function failureOf(promise: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ProviderError.is(error)) throw new Error("It did not fail with a ProviderError.", { cause: error });
  const seen = [
    error.message,
    error.stack,
    error.hint,
    String(error.cause),
    inspect(error, { depth: 9 }),
    JSON.stringify(error),
  ];
  expect(seen.join("\n")).not.toContain(canary.slice(0, 12));
  return error;
}

test("a search returns typed results, and Markdown for a model", async () => {
  const tool = await start();
  const output = await tool.execute({ query: "tea", language: "en", number: 3 });
  expect(output).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    answer: { text: "The short answer on tea." },
    knowledge: { title: "tea", facts: { "first mentioned": "2012" } },
    news: [{ title: "tea in the news", source: "The Paper" }],
    questions: [{ question: "What is tea?" }],
    related: ["tea explained", "tea history"],
    hasNextPage: true,
  });
  expect(output.results).toHaveLength(3);
  expect(output.results[0]).toEqual({
    position: 1,
    title: "tea: page 1",
    link: "https://site-1.example/tea",
    snippet: "What site-1.example says about tea.",
    date: "Nov 1, 2026",
    source: "Site 1",
    thumbnail: "https://site-1.example/small.png",
  });
  const text = await tool.call('{"query":"tea"}');
  expect(text).toContain("1. **tea: page 1** — Site 1, Nov 1, 2026\n   <https://site-1.example/tea>");
  expect(JSON.stringify(output) + text).not.toContain(canary.slice(0, 12));
  expect(twin?.requests[0]).toEqual({ path: "/search.json", parameters: { engine: "google", q: "tea", hl: "en" } });
});

test("every engine answers", async () => {
  const tool = await start();
  for (const engine of engineIds) {
    const { results } = await tool.execute({ query: "tea", engine });
    expect(results.length, engine).toBe(10);
  }
});

test("a search without results is not an error, whether SerpApi reports it in the error field or not", async () => {
  const tool = await start();
  expect(await tool.execute({ query: "zxqjkvbn" })).toMatchObject({ results: [], hasNextPage: false });
  expect(await tool.call('{"query":"zxqjkvbn"}')).toContain("No results.");
  await twin?.close();
  const mobile = {
    search_metadata: { status: "Success" },
    search_information: { organic_results_state: "Fully empty" },
  };
  const silent = await start({ answer: () => ({ status: 200, body: mobile }) });
  expect((await silent.execute({ query: "tea" })).results).toEqual([]);
  await twin?.close();
  const bare = { error: "DuckDuckGo hasn't returned any results for this query." };
  const other = await start({ answer: () => ({ status: 200, body: bare }) });
  expect((await other.execute({ query: "tea", engine: "duckduckgo" })).results).toEqual([]);
});

const refused = (status: number, error: string): SerpapiTwinOptions => ({
  answer: () => ({ status, body: { error } }),
});
const cases: [string, SerpapiTwinOptions, ErrorCode, RegExp][] = [
  [
    "an exhausted account",
    { searchesLeft: 0 },
    "quota",
    /run out of searches\. Trying again does not help: buy searches or wait/,
  ],
  [
    "too many searches in an hour",
    { limitPerHour: 0 },
    "rate-limit",
    /hourly throughput limit\. .*try again in the next hour/,
  ],
  [
    "a search that failed",
    refused(503, "We couldn't get valid results for this search. Please try again later."),
    "overloaded",
    /try again, or use another engine/,
  ],
  [
    "a missing parameter",
    refused(400, "Missing query `q` parameter."),
    "invalid-request",
    /Missing query .*Correct the search/,
  ],
  ["a deleted account", refused(403, "Account deleted."), "forbidden", /may be deleted or blocked/],
  ["an error in a 200", refused(200, "Your searches for the month are exhausted."), "quota", /buy searches/],
  [
    "a search with status Error",
    { answer: () => ({ status: 200, body: { search_metadata: { status: "Error" }, error: "Blocked." } }) },
    "overloaded",
    /^Blocked\. SerpApi could not complete/,
  ],
  [
    "a search that is queued",
    { answer: () => ({ status: 200, body: { search_metadata: { status: "Queued" } } }) },
    "server",
    /has not finished this search \(Queued\)\. Try again/,
  ],
  [
    "an HTML page",
    { answer: () => ({ status: 200, body: "<html>Proxy login</html>" }) },
    "invalid-response",
    /not JSON\. .*check any proxy/,
  ],
  ["an empty 502", { answer: () => ({ status: 502, body: "" }) }, "server", /HTTP 502 and no explanation/],
  ["an empty answer", { answer: () => ({ status: 200, body: "" }) }, "invalid-response", /empty answer/],
  [
    "a redirect",
    { answer: () => ({ status: 302, body: "", headers: { location: "https://evil.example/" } }) },
    "invalid-response",
    // api.ts, `ToolContext.fetch`: core refuses redirects, and names both origins.
    /^http:\/\/127\.0\.0\.1:\d+ redirects to https:\/\/evil\.example \(HTTP 302\)\. The redirect was not followed\./,
  ],
  ["an upstream that hangs", { answer: () => "hang" }, "timeout", /did not begin to answer within 500 ms\. Try again/],
  [
    "9 MB",
    { answer: () => ({ status: 200, body: `{"a":"${"x".repeat(9 * 1024 * 1024)}"}` }) },
    "invalid-response",
    /longer than 8 MB\. Narrow the query/,
  ],
];

test.for(cases)("%s is an error with a sentence and without the key", async ([, options, code, sentence]) => {
  const tool = await start(options, canary, code === "timeout" ? 500 : undefined);
  const error = await failureOf(tool.call('{"query":"tea"}'));
  expect(error.code).toBe(code);
  expect(errorSentence(error)).toMatch(sentence);
  expect(errorSentence(error).length).toBeLessThan(450);
});

test("a wrong key, a missing key and an unreachable address are different errors", async () => {
  const wrong = await failureOf((await start({ apiKey: "another-key-entirely" })).execute({ query: "tea" }));
  expect(wrong).toMatchObject({ code: "invalid-key", status: 401, retryable: false });
  expect(errorSentence(wrong)).toMatch(/^Invalid API key\. .*Set SERPAPI_API_KEY/);
  const { url, close } = twin!;
  await close();
  const unanswered = await failureOf(serpapi({ apiKey: canary, baseURL: url }).execute({ query: "tea" }));
  expect(unanswered).toMatchObject({
    code: "network",
    message: expect.stringContaining(`connection to ${url} failed`),
  });
  expect(await failureOf(serpapi().execute({ query: "tea" }))).toMatchObject({ code: "missing-key" });
});

test("for a 429 that does not name its limit, the account is requested, which costs no search", async () => {
  const vague = { status: 429, body: { error: "Too many requests." } };
  const account = (left: number): TwinReply => ({ status: 200, body: { api_key: canary, total_searches_left: left } });
  for (const [left, code, retryable] of [
    [0, "quota", false],
    [12, "rate-limit", true],
  ] as const) {
    const tool = await start({ answer: ({ path }) => (path === "/account.json" ? account(left) : vague) });
    expect(await failureOf(tool.execute({ query: "tea" }))).toMatchObject({
      code,
      retryable,
      message: "Too many requests.",
    });
    expect(twin?.requests.map(({ path }) => path)).toEqual(["/search.json", "/account.json"]);
    await twin?.close();
  }
});

test("2 MB of results are shortened to a text within the limit", async () => {
  const organic_results = Array.from({ length: 5000 }, (_, n) => ({
    title: `Page ${n}`,
    link: `https://site.example/${n}`,
    snippet: "words ".repeat(70),
  }));
  const tool = await start({ answer: () => ({ status: 200, body: { organic_results } }) });
  const text = await tool.call('{"query":"tea","number":50}');
  expect(text.length).toBeLessThanOrEqual(20_000);
  expect(text).toMatch(/\(\d more left out to stay within 20000 characters: narrow the query\.\)$/);
});

test("bad input is refused before any request", async () => {
  const tool = await start();
  for (const input of [
    {},
    { query: "" },
    { query: "tea", engine: "altavista" },
    { query: "tea", page: 0 },
    { query: "tea", country: "Germany" },
    "tea",
  ]) {
    const error = await failureOf(tool.execute(input));
    expect(error).toMatchObject({ code: "tool-call-invalid" });
    expect(error.message).toMatch(/^The input of web_search does not fit: /);
  }
  expect(await failureOf(tool.call("{query: tea}"))).toMatchObject({ code: "tool-call-invalid" });
  expect(twin?.requests).toEqual([]);
});

test("the schema is plain JSON Schema that providers accept", async () => {
  const { parameters } = serpapi({ apiKey: canary }).spec.function;
  expect(parameters).toMatchObject({
    type: "object",
    required: ["query"],
    properties: { query: { type: "string" }, engine: { type: "string", default: "google" }, page: { type: "integer" } },
  });
  expect(JSON.stringify(parameters)).not.toMatch(/\$ref|anyOf|allOf|oneOf/);
});

test("the key is removed from an answer that repeats it", async () => {
  const answer = {
    organic_results: [{ title: `Key ${canary}`, link: `https://x.example/?api_key=${canary}`, snippet: "s" }],
  };
  const tool = await start({ answer: () => ({ status: 200, body: answer }) });
  const seen = JSON.stringify(await tool.execute({ query: "tea" })) + (await tool.call('{"query":"tea"}'));
  expect(seen).not.toContain(canary.slice(0, 12));
  expect(seen).toContain("[redacted]");
});

test("the caller's signal stops the request", async () => {
  const tool = await start({ answer: () => "hang" });
  const controller = new AbortController();
  const running = tool.execute({ query: "tea" }, { signal: controller.signal });
  setTimeout(() => controller.abort(), 30);
  expect(await failureOf(running)).toMatchObject({ code: "aborted" });
});

test("checkAccount returns neither the key nor the owner nor the account's id", async () => {
  twin = await startSerpapiTwin({ apiKey: canary, searchesLeft: 7 });
  process.env["SERPAPI_API_KEY"] = canary;
  const account = await checkAccount({ baseURL: twin.url });
  expect(account).toEqual({
    plan: "Free Plan",
    searchesPerMonth: 250,
    searchesLeft: 7,
    usedThisMonth: 243,
    usedLastHour: 0,
    limitPerHour: 50,
  });
  const wrong = await failureOf(checkAccount({ baseURL: twin.url, apiKey: "another-key-entirely" }));
  expect(wrong.code).toBe("invalid-key");
});
