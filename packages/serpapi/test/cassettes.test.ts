import { serpapi } from "@llm-provider/serpapi";
import { loadCassettes, type Cassette } from "@llm-provider/testing";
import { expect, test } from "vitest";

const { byScenario } = loadCassettes(new URL("./cassettes/", import.meta.url));
const cassettes = [...byScenario.values()];

/** Replays the recorded answers, and expects the recorded requests. Only the key may differ. */
function replay({ interactions }: Cassette): (url: string) => Promise<Response> {
  const left = [...interactions];
  const withoutKey = (path: string): string[] => {
    const { pathname, searchParams } = new URL(path, "https://serpapi.com");
    expect(searchParams.has("api_key")).toBe(true);
    searchParams.delete("api_key");
    return [pathname, ...[...searchParams].map((pair) => pair.join("=")).sort()];
  };
  return async (url) => {
    const next = left.shift();
    if (!next) throw new Error("This request was not recorded.");
    expect(withoutKey(url)).toEqual(withoutKey(next.path));
    const pairs = next.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [[name, all[index + 1] ?? ""] as [string, string]] : [],
    );
    return new Response(next.response, { status: next.status, headers: pairs });
  };
}

test.for(cassettes.map((cassette) => ({ scenario: cassette.scenario, cassette })))(
  "the recording $scenario is replayed and read",
  async ({ scenario, cassette }) => {
    const apiKey = "canary-key-8f1d20c4b7a95e63";
    const input = cassette.interactions[0]?.asked;
    const tool = serpapi({ apiKey, fetch: replay(cassette) });
    const run = tool.execute(input);
    if (scenario === "invalid-key" || scenario === "quota") {
      return expect(run).rejects.toMatchObject({ code: scenario, provider: "serpapi", retryable: false });
    }
    const { results, hasNextPage } = await run;
    expect(results.length > 0).toBe(scenario !== "empty");
    expect(hasNextPage).toBe(["search", "search-page", "papers"].includes(scenario));
    for (const { title, link } of results) expect(title && URL.canParse(link)).toBeTruthy();
    const text = await serpapi({ apiKey, fetch: replay(cassette) }).call(JSON.stringify(input));
    expect(text).not.toContain(apiKey);
    expect(text).toContain(results[0]?.title ?? "No results.");
  },
);
