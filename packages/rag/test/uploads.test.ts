import { request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { ProviderError } from "@llm-provider/core";
import { afterEach, expect, test, vi } from "vitest";
import { openMemoryStore } from "../src/store/memory-store.ts";
import { signToken } from "./support/sign-token.ts";
import { startServer, textFile, type TestServer } from "./support/start-server.ts";
import { wordEmbedder } from "./support/word-embedder.ts";

const open: TestServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});
async function start(settings: Parameters<typeof startServer>[0] = {}): Promise<TestServer> {
  const server = await startServer(settings);
  open.push(server);
  return server;
}

/** A text that is split into many chunks. */
const long = Array.from({ length: 40 }, (_, at) => `Sentence ${at} speaks of subject${at} and of nothing else.`).join(
  "\n\n",
);

test("an uploaded file is stored, and its user finds it", async () => {
  const { as, events } = await start();
  const ada = as("ada");
  expect(await ada.uploadVectors("f1", textFile("The notice period is three months.", "contract.txt"))).toEqual({
    embedded: true,
  });
  expect(await ada.fileSearch(["f1"], "notice period")).toEqual([
    {
      fileId: "f1",
      fileName: "contract.txt",
      content: "The notice period is three months.",
      relevance: expect.any(Number),
      pages: [],
    },
  ]);
  expect(events.map(({ type }) => type)).toEqual(["progress", "stored", "searched"]);
});

test("an upload gets the same answer as from rag_api", async () => {
  const { as } = await start();
  expect(await as("ada").embed("f1", textFile("Some text.", "a.txt"))).toEqual({
    status: 200,
    body: {
      status: true,
      message: "File processed successfully.",
      file_id: "f1",
      filename: "a.txt",
      known_type: true,
    },
  });
});

test.each(["bericht für März.txt", "报告.txt", 'a "quoted" name.txt', "../../etc/passwd.txt", "C:\\temp\\x.txt"])(
  "a file named %j keeps its name without the folder",
  async (name) => {
    const { as } = await start();
    const sent = name.replaceAll('"', "%22");
    expect(await as("ada").uploadVectors("f1", textFile("Some text.", sent))).toEqual({ embedded: true });
    const [source] = await as("ada").fileSearch(["f1"], "text");
    expect(source?.fileName).toBe(name.replace(/^.*[/\\]/, ""));
  },
);

test("uploading the same file again embeds nothing, and a changed file replaces the old one", async () => {
  const { as, embedder, events } = await start();
  const ada = as("ada");
  await ada.uploadVectors("f1", textFile("The old text."));
  await ada.uploadVectors("f1", textFile("The old text."));
  expect(embedder.asked).toEqual(["The old text."]);
  expect(events.at(-1)).toMatchObject({ type: "stored", chunks: 1, embedded: 0 });
  await ada.uploadVectors("f1", textFile("The new text."));
  expect((await ada.fileSearch(["f1"], "text")).map(({ content }) => content)).toEqual(["The new text."]);
});

test("an interrupted upload resumes where it stopped, and is not found before it is complete", async () => {
  const embedder = wordEmbedder();
  let left = 3;
  const flaky = {
    ...embedder,
    embedPassages: (texts: readonly string[]) =>
      left-- > 0 ? embedder.embedPassages(texts) : Promise.reject(new Error("The connection was lost.")),
  };
  const { as, events } = await start({ embedder: flaky, chunkSize: 120, chunkOverlap: 0 });
  const ada = as("ada");
  expect(await ada.embed("f1", textFile(long))).toEqual({ status: 500, body: { detail: "The connection was lost." } });
  expect(await ada.fileSearch(["f1"], "Sentence")).toEqual([]);
  left = Infinity;
  expect(await ada.uploadVectors("f1", textFile(long))).toEqual({ embedded: true });
  expect(new Set(embedder.asked).size).toBe(embedder.asked.length);
  const stored = events.findLast((event) => event.type === "stored")!;
  expect(stored).toMatchObject({ chunks: embedder.asked.length, embedded: embedder.asked.length - 12 });
  const progress = events.filter((event) => event.type === "progress").map(({ done }) => done);
  expect(progress).toEqual(progress.toSorted((one, two) => one - two));
  expect(progress.at(-1)).toBe(embedder.asked.length);
});

test("two simultaneous uploads of one file embed it once", async () => {
  const { as, embedder } = await start();
  const both = await Promise.all([1, 2].map(() => as("ada").uploadVectors("f1", textFile("Only once."))));
  expect(both).toEqual([{ embedded: true }, { embedded: true }]);
  expect(embedder.asked).toEqual(["Only once."]);
});

test("LibreChat tells its user that a type is not supported, and the operator sees the reason", async () => {
  const { as, events } = await start();
  const zip = { name: "a.docx", type: "application/vnd.x", bytes: Buffer.from("PK\u0003\u0004 and so on") };
  expect(await as("ada").uploadVectors("f1", zip)).toBe(
    "File embedding failed. The filetype application/vnd.x is not supported",
  );
  expect(events).toMatchObject([{ type: "refused", fileId: "f1", message: expect.stringContaining("a.docx") }]);
  expect((await as("ada").embed("f1", zip)).body).toMatchObject({ status: false, known_type: false });
});

test.each([
  ["a false PDF", { name: "a.pdf", type: "application/pdf", bytes: Buffer.from("hello") }, 422, /a\.pdf/],
  ["an empty file", textFile("", "empty.txt"), 422, /empty\.txt/],
  ["a file of white space", textFile(" \n\n ", "blank.txt"), 422, /blank\.txt/],
  ["a file over the limit", textFile("x".repeat(3000), "big.txt"), 413, /big\.txt has .* Split it/],
])("%s is refused with a sentence, and the next file is stored", async (_, file, status, detail) => {
  const { as } = await start({ maxFile: 2000 });
  const answer = await as("ada").embed("f1", file);
  expect(answer.status).toBe(status);
  expect(answer.body.detail).toMatch(detail);
  expect(await as("ada").uploadVectors("f2", textFile("Fine."))).toEqual({ embedded: true });
});

test("a body over the limit is not read to its end, whether it states its length or not", async () => {
  const { url } = await start({ maxFile: 1000 });
  for (const body of [
    "x".repeat(200_000),
    new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)) }),
  ]) {
    const { status } = await fetch(`${url}/embed`, {
      method: "POST",
      headers: { authorization: `Bearer ${signToken("ada")}`, "content-type": "multipart/form-data; boundary=x" },
      body,
      duplex: "half",
    } as RequestInit);
    expect(status).toBe(413);
  }
});

test.each([
  ["JSON instead of a form", { body: "{}", type: "application/json" }, /not a form/],
  ["a broken form", { body: "--x\r\nnonsense", type: "multipart/form-data; boundary=x" }, /not a form/],
  ["a missing file id", { body: form({ file: new File(["x"], "a.txt") }) }, /file_id/],
  [
    "a file id that is too long",
    { body: form({ file_id: "x".repeat(501), file: new File(["x"], "a.txt") }) },
    /file_id/,
  ],
  ["text instead of a file", { body: form({ file_id: "f1", file: "text" }) }, /no file/],
  [
    "an entity that is a file",
    { body: form({ file_id: "f1", file: new File(["x"], "a"), entity_id: new File(["x"], "e") }) },
    /entity_id/,
  ],
])("%s is refused with a sentence", async (_, { body, type }: { body: BodyInit; type?: string }, detail) => {
  const { url } = await start();
  for (const path of ["/embed", "/text"]) {
    const headers = { authorization: `Bearer ${signToken("ada")}`, ...(type && { "content-type": type }) };
    const response = await fetch(`${url}${path}`, { method: "POST", headers, body });
    expect(response.status).toBe(422);
    expect(((await response.json()) as { detail: string }).detail).toMatch(detail);
  }
});

function form(fields: Record<string, string | File>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test("an error of the embedding model is reported with its hint", async () => {
  const error = new ProviderError("model 'nomic' not found", {
    code: "not-found",
    provider: "acme",
    hint: "Pull the model first.",
  });
  const embedder = { ...wordEmbedder(), model: () => Promise.reject(error) };
  const { as, events } = await start({ embedder });
  expect(await as("ada").embed("f1", textFile("Text."))).toEqual({
    status: 502,
    body: { detail: "The embedding model did not answer. model 'nomic' not found Pull the model first." },
  });
  expect(events).toMatchObject([{ type: "refused", fileId: "f1", route: "POST /embed", status: 502 }]);
});

test("`/text` returns a file's unchanged text, and needs no embedding model", async () => {
  const embedder = { ...wordEmbedder(), model: () => Promise.reject(new Error("no model")) };
  const { as } = await start({ embedder });
  const markdown = "# Title\n\n*Some* [text](https://example.com).\n";
  expect(await as("ada").parseText("f1", textFile(markdown, "a.md", "text/markdown"))).toBe(markdown);
  const html = "<p>Hello</p>";
  expect(await as("ada").parseText("f1", textFile(html, "a.html", "text/html"))).toBe(html);
  const zip = { name: "a.zip", bytes: Buffer.from("PK\u0003\u0004") };
  expect(await as("ada").parseText("f1", zip)).toBeUndefined();
});

test("a file that is deleted while it is being stored stays deleted", async () => {
  const store = openMemoryStore();
  const embedder = wordEmbedder();
  let remove: (() => Promise<unknown>) | undefined;
  const slow = {
    ...embedder,
    async embedPassages(texts: readonly string[]) {
      await remove?.();
      return embedder.embedPassages(texts);
    },
  };
  const { as } = await start({ store, embedder: slow });
  remove = () => as("ada").deleteRagFile("f1");
  const { status, body } = await as("ada").embed("f1", textFile("Some text."));
  expect([status, body.detail]).toEqual([500, expect.stringContaining("Nothing of this upload is kept")]);
  expect(await as("ada").fileSearch(["f1"], "text")).toEqual([]);
});

test("waiting uploads are not read into memory, and other requests are answered meanwhile", async () => {
  const embedder = wordEmbedder();
  let release = (): void => {};
  const blocked = new Promise<void>((resolve) => (release = resolve));
  const slow = {
    ...embedder,
    embedPassages: async (texts: readonly string[]) => (await blocked, embedder.embedPassages(texts)),
  };
  const { url, as } = await start({ embedder: slow });
  const first = Array.from({ length: 8 }, (_, at) => as("ada").uploadVectors(`f${at}`, textFile(`Text ${at}.`)));
  await vi.waitFor(async () => expect((await as("ada").query({ file_id: "f0", query: "text" })).status).toBe(200));

  const call = request(`${url}/embed`, {
    method: "POST",
    headers: { authorization: `Bearer ${signToken("ada")}`, "content-type": "multipart/form-data; boundary=x" },
  });
  const head =
    '--x\r\nContent-Disposition: form-data; name="file_id"\r\n\r\nlate\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="late.txt"\r\n\r\nLate.';
  call.write(head);
  for (let at = 0; at < 16; at++) call.write(Buffer.alloc(1024 * 1024, " "));
  call.end("\r\n--x--\r\n");
  const answered = new Promise<number>((resolve) =>
    call.on("response", (response) => (response.resume(), resolve(response.statusCode!))),
  );
  await setTimeout(500);
  // The socket buffers of both sides hold a few megabytes.
  expect(call.socket!.bytesWritten - call.socket!.writableLength).toBeLessThan(12 * 1024 * 1024);

  release();
  expect(await Promise.all(first)).toEqual(Array.from({ length: 8 }, () => ({ embedded: true })));
  expect(await answered).toBe(200);
});
