import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { serpapi } from "@llm-provider/serpapi";

type Case = {
  id: string;
  request: { url: string };
  response: { status: number; headers: Record<string, string>; body: unknown; raw?: string };
  expect: { results?: { title: string; link: string; snippet: string | null }[] };
};

const folder = new URL("../../../../shared/traffic/cases/", import.meta.url);
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("serpapi-")) : [];

if (names.length === 0) test.skip("recorded answers: the folder ../shared/traffic is not here", () => undefined);

test.for(names)("the recorded answer %s is read", async (name) => {
  const recorded = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Case;
  const { status, headers, body, raw } = recorded.response;
  const asked: string[] = [];
  const tool = serpapi({
    apiKey: "key-for-a-replay",
    fetch: async (url) => {
      asked.push(url);
      const { "content-length": _, "content-encoding": __, ...kept } = headers;
      return new Response(raw ?? JSON.stringify(body), { status, headers: kept });
    },
  });
  const was = new URL(recorded.request.url).searchParams;
  const input = { query: was.get("q"), language: was.get("hl") ?? undefined, country: was.get("gl") ?? undefined };
  const output = await tool.execute(input);

  const sent = new URL(asked[0] ?? "").searchParams;
  for (const parameter of ["q", "hl", "gl"]) expect(sent.get(parameter)).toBe(was.get(parameter));
  const { results = [] } = recorded.expect;
  expect(output.results.map(({ title, link, snippet }) => ({ title, link, snippet: snippet ?? null }))).toEqual(
    results,
  );
  expect(output.questions.length).toBeGreaterThan(0);
  expect(output.related.length).toBeGreaterThan(0);
  expect(output.hasNextPage).toBe(true);

  const text = await tool.call(JSON.stringify(input));
  for (const { title, link } of results) {
    expect(text).toContain(`**${title}**`);
    expect(text).toContain(`<${link}>`);
  }
  expect(text.length).toBeLessThan(10_000);
});
