import { afterEach, beforeEach, expect, test } from "vitest";
import { openMemoryStore } from "../src/store/memory-store.ts";
import type { Found, FoundDocument } from "./support/librechat.ts";
import { startServer, textFile, type TestServer } from "./support/start-server.ts";
import { wordEmbedder } from "./support/word-embedder.ts";

let server: TestServer;
beforeEach(async () => {
  server = await startServer({ chunkSize: 60, chunkOverlap: 30 });
});
afterEach(() => server.close());

const animals = "Cats sleep all day. Dogs bark at night.\n\nBirds sing in the morning. Fish say nothing at all.";

test("the `k` nearest chunks are returned, nearest first", async () => {
  const ada = server.as("ada");
  await ada.uploadVectors("f1", textFile(animals));
  const { status, body } = await ada.query({ file_id: "f1", query: "dogs bark at night", k: 1 });
  expect(status).toBe(200);
  expect(body).toHaveLength(1);
  const [document, distance] = body[0]!;
  expect(document.page_content).toContain("Dogs bark at night");
  expect(document.metadata).toEqual({
    source: "notes.txt",
    file_id: "f1",
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(distance).toBeGreaterThan(0);
  expect(distance).toBeLessThan(1);
});

test("query_multiple searches several files at once", async () => {
  const ada = server.as("ada");
  await ada.uploadVectors("cats", textFile("Cats sleep.", "cats.txt"));
  await ada.uploadVectors("dogs", textFile("Dogs bark.", "dogs.txt"));
  const asked = { file_ids: ["cats", "dogs"], query: "dogs", k: 2 };
  const { body } = await ada.json<Found>("POST", "/query_multiple", asked);
  expect(body.map(([{ metadata }]) => metadata.source)).toEqual(["dogs.txt", "cats.txt"]);
  expect(await ada.json("POST", "/query_multiple", { file_ids: ["none"], query: "dogs" })).toEqual({
    status: 404,
    body: { detail: "None of these files was found." },
  });
});

test("a search in an unknown file returns an empty list, without a request to the model", async () => {
  expect(await server.as("ada").query({ file_id: "none", query: "anything" })).toEqual({ status: 200, body: [] });
  expect(server.embedder.questions).toEqual([]);
});

test.each([
  ["invalid JSON", "{", /not JSON/],
  ["a missing file id", { query: "a" }, /file_id/],
  ["a missing question", { file_id: "f" }, /query/],
  ["an empty question", { file_id: "f", query: "  " }, /query/],
  ["a question that is a number", { file_id: "f", query: 7 }, /query/],
  ["k of 0", { file_id: "f", query: "a", k: 0 }, /k/],
  ["k of 1,000", { file_id: "f", query: "a", k: 1000 }, /k/],
  ["k of 1.5", { file_id: "f", query: "a", k: 1.5 }, /k/],
  ["a list", [], /body/],
])("%s is refused with a sentence", async (_, body, detail) => {
  const answer = await server.as("ada").json("POST", "/query", body);
  expect([answer.status, answer.body.detail]).toEqual([422, expect.stringMatching(detail)]);
});

test("an entity of null is ignored", async () => {
  const ada = server.as("ada");
  await ada.uploadVectors("f1", textFile(animals));
  expect((await ada.query({ file_id: "f1", query: "cats", entity_id: null })).body.length).toBeGreaterThan(0);
});

test("the chunks of a file can be listed, and joined without repeating the overlaps", async () => {
  const ada = server.as("ada");
  await ada.uploadVectors("f1", textFile(animals, "animals.txt"));
  const { body } = await ada.get<FoundDocument[]>("/documents?ids=f1");
  expect(body.length).toBeGreaterThan(1);
  expect(body[0]!.metadata.source).toBe("animals.txt");
  const whole = (await ada.fullContext("f1")).body;
  expect(whole.split("\n")[0]).toBe("animals.txt");
  for (const sentence of ["Cats sleep all day.", "Dogs bark at night.", "Birds sing", "Fish say nothing"])
    expect(whole.split(sentence), sentence).toHaveLength(2);
  expect((await ada.get("/documents?ids=f1&ids=f2")).status).toBe(404);
  expect((await ada.get("/documents")).status).toBe(422);
  expect((await ada.fullContext("f2")).status).toBe(404);
});

test("files can be deleted; an unknown file gets 404, which LibreChat treats as deleted", async () => {
  const ada = server.as("ada");
  await ada.uploadVectors("f1", textFile(animals));
  expect((await ada.json("DELETE", "/documents", ["f1"])).body).toEqual({ message: "1 file deleted." });
  expect(await ada.fileSearch(["f1"], "cats")).toEqual([]);
  expect((await ada.json("DELETE", "/documents", ["f1"])).status).toBe(404);
  expect(await ada.deleteRagFile("f1")).toBe(true);
  expect((await ada.json("DELETE", "/documents", {})).status).toBe(422);
});

test("a search in files of another model is refused, and the message says what to do", async () => {
  const store = openMemoryStore();
  const before = await startServer({ store, embedder: wordEmbedder("old:model") });
  await before.as("ada").uploadVectors("f1", textFile(animals));
  const after = await startServer({ store, embedder: wordEmbedder("new:model") });
  const ada = after.as("ada");
  const { status, body } = await ada.json("POST", "/query", { file_id: "f1", query: "cats" });
  expect(status).toBe(409);
  expect(body.detail).toMatch(/old:model \(512 numbers\).*new:model \(512\).*Upload the file again/);
  expect(await ada.uploadVectors("f1", textFile(animals))).toEqual({ embedded: true });
  expect(await ada.fileSearch(["f1"], "cats")).not.toEqual([]);
  await Promise.all([before.close(), after.close()]);
});

test("of several files, those of another model are left out, and the operator hears of it", async () => {
  const store = openMemoryStore();
  const before = await startServer({ store, embedder: wordEmbedder("old:model") });
  await before.as("ada").uploadVectors("old", textFile(animals, "old.txt"));
  const after = await startServer({ store, embedder: wordEmbedder("new:model") });
  const ada = after.as("ada");
  await ada.uploadVectors("new", textFile(animals, "new.txt"));
  const { body } = await ada.json<Found>("POST", "/query_multiple", { file_ids: ["old", "new"], query: "cats" });
  expect(new Set(body.map(([{ metadata }]) => metadata.source))).toEqual(new Set(["new.txt"]));
  expect(after.events.at(-1)).toMatchObject({ type: "searched", files: 1, skipped: 1 });
  await Promise.all([before.close(), after.close()]);
});

test("a path with two slashes gets 404, and the message names the cause", async () => {
  const { status, body } = await server.as("ada").get("//health");
  expect([status, body.detail]).toEqual([404, expect.stringContaining("RAG_API_URL that ends in one")]);
});
