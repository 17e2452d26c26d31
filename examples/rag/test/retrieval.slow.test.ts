import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ollama } from "@llm-provider/ollama";
import { startTwin } from "@llm-provider/testing";
import { startWeaviateTwin } from "@llm-provider/weaviate/twin";
import { afterAll, expect, test, vi } from "vitest";
import { ask } from "../agent.ts";
import { openRetriever, retrieve, type Retriever } from "../retrieve.ts";
import { openPgliteStore } from "../search/pglite-store.ts";
import { readPassages } from "../search/read-passages.ts";
import { openWeaviateStore } from "../search/weaviate-store.ts";

// PostgreSQL in WebAssembly is slow to start.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = join(import.meta.dirname, "..");
const passages = readPassages(`${folder}/documents`, `${folder}/expected-questions.json`);
const open: Retriever[] = [];
afterAll(async () => Promise.all(open.map((retriever) => retriever.close())));

test("the right passage comes first for at least 18 of the first 20 questions, by words alone", async () => {
  const missed: string[] = [];
  const questions = JSON.parse(readFileSync(`${folder}/questions/first.json`, "utf8")) as {
    question: string;
    document: string;
  }[];
  for (const { question, document } of questions) {
    const [best] = await retrieve(question, 1);
    if (best?.id !== document) missed.push(`${question} → ${best?.id}, not ${document}`);
  }
  expect(20 - missed.length, missed.join("\n")).toBeGreaterThanOrEqual(18);
});

test("a question without known words finds nothing, and hostile characters are searched like any text", async () => {
  expect(await retrieve("zzyzx qwrtp")).toEqual([]);
  expect(await retrieve("")).toEqual([]);
  const [found] = await retrieve("'); drop table passages; -- & | ! <-> voucher:*");
  expect(found?.id).toBe("gift-voucher");
});

test("vectors give their own ranking, in which a passage is nearest to its own vector", async () => {
  const twin = await startTwin(ollama.definition);
  const embedder = { provider: ollama({ baseURL: twin.url }), model: "nomic-embed-text" };
  const retriever = await openRetriever({ embedder, passages });
  open.push(retriever);
  const { id, title, text } = passages[7]!;
  const [found] = await retriever.retrieve(`${title}\n\n${text}`);
  expect(found).toMatchObject({ id, places: { meaning: 1 } });
  expect(twin.requests.map(({ path }) => path)).toEqual(["/api/embed", "/api/embed"]);
  await twin.close();
});

test("a store is filled again only if the documents changed", async () => {
  const store = await openPgliteStore();
  let fills = 0;
  const counted = {
    ...store,
    fill: async (...given: Parameters<typeof store.fill>) => (fills++, store.fill(...given)),
  };
  await openRetriever({ store: counted, passages });
  await openRetriever({ store: counted, passages });
  expect(fills).toBe(1);
  const retriever = await openRetriever({ store: counted, passages: passages.slice(0, 5) });
  open.push(retriever);
  expect(fills).toBe(2);
  const ids = (await retriever.retrieve("voucher battery holiday", { limit: 30 })).map(({ id }) => id);
  expect(ids.every((id) => passages.slice(0, 5).some((passage) => passage.id === id))).toBe(true);
});

test("Weaviate stores each passage once, and finds it", async () => {
  const twin = await startWeaviateTwin();
  const options = { store: openWeaviateStore(twin.url), passages };
  await openRetriever(options);
  const { retrieve: find } = await openRetriever(options);
  const found = await find("How do I get a copy of my spare key?", { limit: 30 });
  expect(found[0]).toMatchObject({ id: "lost-key", title: "Keys, locks and stolen bicycles" });
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  await twin.close();
});

test("the agent separates the found passages that a model cites from invented ones", async () => {
  const call = { id: "searching", name: "search_handbook", arguments: '{"query":"How do I send it back?"}' };
  const twin = await startTwin(ollama.definition, {
    scenarios: [
      { when: ({ messages }) => messages.at(-1)?.role === "user", answer: { toolCalls: [call], text: "" } },
      { answer: { text: "Within 30 days [returns]. It is free [made-up]." } },
    ],
  });
  const retriever = { store: {} as Retriever["store"], retrieve, close: async () => undefined } as Retriever;
  const answer = await ask("May I give it back?", {
    provider: ollama({ baseURL: twin.url }),
    model: "mistral",
    retriever: { ...retriever, retrieve: async (question) => retrieve(question) },
  });
  expect(answer.cited.map(({ id }) => id)).toEqual(["returns"]);
  expect(answer.unknown).toEqual(["made-up"]);
  await twin.close();
});
