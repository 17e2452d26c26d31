import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "@llm-provider/rag";
import { librechat } from "../../rag/test/support/librechat.ts";
import { secret } from "../../rag/test/support/sign-token.ts";
import { textFile } from "../../rag/test/support/start-server.ts";
import { wordVector } from "../../rag/test/support/word-embedder.ts";
import { writePdf } from "../../rag/test/text/write-pdf.ts";

const bin = join(import.meta.dirname, "../dist/bin.js");

let folder: string;
let endpoint: { url: string; asked: string[]; close(): void };
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "rag-"));
  endpoint = await serveEmbeddings();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A fake of Ollama that makes embeddings from words, and counts the embedded chunks. */
async function serveEmbeddings(): Promise<typeof endpoint> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void readText(request).then((body) => {
      const { model, input } = JSON.parse(body) as { model: string; input: string[] };
      asked.push(...input);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ model, embeddings: input.map(wordVector), prompt_eval_count: input.length }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, close: () => (server.closeAllConnections(), server.close()) };
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** The exit code and stderr, once the program has ended. */
  readonly ended: Promise<{ code: number | null; err: string }>;
}

async function start(...options: string[]): Promise<Started> {
  const child = spawn(
    process.execPath,
    [bin, "rag", "ollama", "--base-url", endpoint.url, "--port", "0", "--data", "data", ...options],
    { cwd: folder, env: { ...process.env, JWT_SECRET: secret }, stdio: ["ignore", "pipe", "pipe"] },
  );
  children.push(child);
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<{ code: number | null; err: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, err })),
  );
  const url = await Promise.race([
    new Promise<string>((resolve) => child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text))),
    ended.then(() => ""),
  ]);
  return { child, url: url.trim(), ended };
}

const filler = "and here follow words that fill the chunk. ".repeat(3);
/** Every tenth document has several batches of chunks. */
const documents = Array.from({ length: 1000 }, (_, at) => ({
  id: `file-${at}`,
  text: Array.from({ length: at % 10 === 0 ? 100 : 1 }, (_chunk, part) => `Document${at} part${part} ${filler}`).join(
    "\n\n",
  ),
}));

test(
  "1,000 documents, killed in the middle and resumed: nothing is stored twice, and nothing is lost",
  { timeout: 600_000 },
  async () => {
    const options = ["--chunk-size", "200", "--chunk-overlap", "0"];
    const stored = new Set<string>();
    const uploadRest = async (url: string, onStored: (count: number) => void): Promise<void> => {
      const left = documents.filter(({ id }) => !stored.has(id));
      const client = librechat(url, "ada");
      const work = async (): Promise<void> => {
        for (let one = left.shift(); one; one = left.shift()) {
          const result = await client.uploadVectors(one.id, textFile(one.text, `${one.id}.txt`)).catch(() => "lost");
          if (typeof result === "string") continue;
          stored.add(one.id);
          onStored(stored.size);
        }
      };
      await Promise.all([work(), work(), work(), work()]);
    };

    for (const limit of [250, 600]) {
      const { child, url, ended } = await start(...options);
      await uploadRest(url, (count) => count === limit && child.kill("SIGKILL"));
      await ended;
    }
    expect(stored.size).toBeGreaterThanOrEqual(600);
    expect(stored.size).toBeLessThan(1000);
    const { child, url, ended } = await start(...options);
    await uploadRest(url, () => {});
    expect(stored.size).toBe(1000);

    const ada = librechat(url, "ada");
    for (const at of [0, 1, 249, 250, 599, 600, 999]) {
      const [best] = await ada.fileSearch([`file-${at}`], `Document${at} part0`);
      expect(best?.content).toContain(`Document${at} part0`);
    }
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);

    const store = await openStore({ folder: join(folder, "data") });
    const chunks = await store.chunksOf(
      { user: "ada" },
      documents.map(({ id }) => id),
    );
    const counts = await store.countDocuments();
    await store.close();
    expect(counts.map(({ documents: count }) => count)).toEqual([1000]);
    const byFile = new Map<string, typeof chunks>();
    for (const chunk of chunks) byFile.set(chunk.fileId, [...(byFile.get(chunk.fileId) ?? []), chunk]);
    for (const { id, text } of documents) {
      const own = byFile.get(id)!;
      expect(own.map(({ position }) => position)).toEqual(own.map((_, at) => at));
      expect(squeeze(own.map((chunk) => chunk.text).join(" "))).toBe(squeeze(text));
    }
    // A kill repeats at most the running requests: two files at a time, 64 chunks in a request, two kills.
    const passages = endpoint.asked.filter((text) => text.startsWith("Document"));
    expect(passages.length - new Set(passages.map(hash)).size).toBeLessThanOrEqual(2 * 2 * 64);
  },
);

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

test("a question about a PDF works from the shell command to the cited page", { timeout: 60_000 }, async () => {
  const { child, url, ended } = await start();
  const pdf = writePdf([["An introduction."], ["The notice period is three months."], ["Signatures."]]);
  const ada = librechat(url, "ada");
  expect(await ada.uploadVectors("f1", { name: "contract.pdf", type: "application/pdf", bytes: pdf })).toEqual({
    embedded: true,
  });
  const [best] = await ada.fileSearch(["f1"], "How long is the notice period?");
  expect(best).toMatchObject({ fileName: "contract.pdf", pages: [2], content: "The notice period is three months." });
  expect((await ada.fullContext("f1")).body).toBe(
    "contract.pdf\n\n# PAGE 1\n\nAn introduction.\n\n# PAGE 2\n\nThe notice period is three months.\n\n# PAGE 3\n\nSignatures.",
  );
  child.kill("SIGINT");
  const { code, err } = await ended;
  expect(code).toBe(0);
  expect(err).toContain("stored contract.pdf: 3 chunks · ");
  expect(err).toContain("searched 1 file: 3 chunks");
  expect(err).not.toContain(secret);
});

test("two servers cannot share a folder", { timeout: 60_000 }, async () => {
  await start();
  const { ended } = await start();
  const { code, err } = await ended;
  expect(code).toBe(1);
  expect(err).toMatch(/error The folder .*data is in use by another process/);
});
