// Measures how long the store of packages/rag takes to ingest and to search: node bench/rag.ts [queries]. Run `tsc -b` first.
// RAG_TEST_POSTGRES, the URL of an empty PostgreSQL with pgvector, adds that store. Vectors are made beforehand: no model is timed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ingestDocument } from "../packages/rag/dist/ingest/ingest-document.js";
import { openStore } from "../packages/rag/dist/store/open-store.js";
import type { Store } from "../packages/rag/dist/store/store.js";
import { writePdf } from "../packages/rag/test/text/write-pdf.ts";

const dimensions = 768;
const model = { name: "bench", dimensions };
const caller = { user: "bench" };
const text = Array.from({ length: 300 }, (_, index) => `word${(index * 7919) % 1000}`)
  .join(" ")
  .slice(0, 1500);
const queries = Number(process.argv[2] ?? 200);
const random = (): number[] => Array.from({ length: dimensions }, () => Math.fround(Math.random() - 0.5));
const vectors = Array.from({ length: 10_000 }, random);

/** A model that takes no time. */
const embedder = {
  name: model.name,
  batchSize: 64,
  model: async () => model,
  embedPassages: async (texts: readonly string[]) => ({ embeddings: vectors.slice(0, texts.length) }),
  embedQuestion: async () => vectors[0]!,
};

const folder = mkdtempSync(join(tmpdir(), "bench-rag-"));
try {
  console.log("| what | PGlite, or PostgreSQL | ms |\n|---|---|--:|");
  let store = await timed("create", "PGlite", () => openStore({ folder }));
  await store.close();
  store = await timed("open again", "PGlite", () => openStore({ folder }));
  await measure(store, "PGlite");
  await store.close();
  const url = process.env["RAG_TEST_POSTGRES"];
  if (url !== undefined) {
    store = await timed("create", "PostgreSQL", () => openStore({ url }));
    await measure(store, "PostgreSQL");
    await store.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(store: Store, name: string): Promise<void> {
  const pages = 1000;
  await timed(`ingest of ${pages} pages, 3 chunks each, in 10 files`, name, async () => {
    for (let file = 0; file < 10; file++)
      await ingest(store, `pages ${file}`, vectors.slice(file * 300, (file + 1) * 300));
  });
  const pdf = writePdf(Array.from({ length: pages }, (_, page) => pageOf(page)));
  await timed(`a PDF of ${pages} pages: read, split and ingested`, name, async () => {
    const { chunks } = await ingestDocument(
      { ...caller, fileId: "pdf", name: "a.pdf", bytes: pdf },
      { store, embedder },
    );
    console.error(`${chunks} chunks of a PDF of ${(pdf.length / 1e6).toFixed(1)} MB`);
  });
  await timed("ingest of 1,000 files of a chunk", name, async () => {
    for (let file = 0; file < 1000; file++) await ingest(store, `small ${file}`, [vectors[file]!]);
  });
  await ingest(store, "large", vectors);
  const files = Array.from({ length: 20 }, (_, file) => `medium ${file}`);
  for (const [file, id] of files.entries()) await ingest(store, id, vectors.slice(file * 500, (file + 1) * 500));
  await compare(store, `query over a file of 10,000 chunks, ${name}`, ["large"]);
  await compare(store, `query over 20 files of 500 chunks, ${name}`, files);
  await compare(store, `query over a file of 500 chunks, ${name}`, files.slice(0, 1), vectors.slice(0, 500));
}

function pageOf(page: number): string[] {
  return Array.from({ length: 40 }, (_, line) => `Page ${page}, line ${line}: ${text.slice(line * 9, line * 9 + 50)}.`);
}

async function ingest(store: Store, fileId: string, part: readonly (readonly number[])[]): Promise<void> {
  const draft = await store.begin({ ...caller, fileId, name: fileId, digest: "1", chunkCount: part.length }, model);
  // As many at a time as an embedding model takes in one request.
  for (let start = 0; start < part.length; start += 50) {
    const chunks = part
      .slice(start, start + 50)
      .map((vector, index) => ({ position: start + index, overlap: 0, text, vector }));
    await store.addChunks(draft, chunks);
  }
  await store.finish(draft);
}

/** Asks the store and brute force in turn, so that noise affects both alike. */
async function compare(store: Store, what: string, fileIds: string[], over = vectors): Promise<void> {
  const flat = Float32Array.from(over.flat());
  const found: { store: number[]; brute: number[] } = { store: [], brute: [] };
  for (let turn = -10; turn < queries; turn++) {
    const vector = random();
    let began = performance.now();
    const chunks = await store.search({ caller, fileIds, model, vector, limit: 10 });
    const took = performance.now() - began;
    began = performance.now();
    const nearest = bruteForce(flat, Float32Array.from(vector));
    const bruteTook = performance.now() - began;
    if (chunks.some(({ distance }, index) => Math.abs(distance - nearest[index]!) > 1e-4))
      throw new Error("The store found other chunks than brute force.");
    if (turn < 0) continue;
    found.store.push(took);
    found.brute.push(bruteTook);
  }
  for (const [rank, share] of [
    ["p50", 0.5],
    ["p95", 0.95],
  ] as const) {
    const [own, brute] = [found.store, found.brute].map(
      (samples) => samples.sort((a, b) => a - b)[Math.floor(samples.length * share)]!,
    );
    console.log(
      `| ${what}, ${rank} | ${own!.toFixed(1)}; brute force ${brute!.toFixed(1)}; ratio | ${(own! / brute!).toFixed(2)} |`,
    );
  }
}

/** The 10 smallest cosine distances. */
function bruteForce(flat: Float32Array, query: Float32Array): number[] {
  const nearest: number[] = [];
  let length = 0;
  for (const number of query) length += number * number;
  for (let start = 0; start < flat.length; start += dimensions) {
    let product = 0;
    let square = 0;
    for (let index = 0; index < dimensions; index++) {
      const number = flat[start + index]!;
      product += number * query[index]!;
      square += number * number;
    }
    const distance = 1 - product / Math.sqrt(square * length);
    if (nearest.length === 10 && distance >= nearest[9]!) continue;
    nearest.push(distance);
    nearest.sort((a, b) => a - b);
    nearest.length = Math.min(nearest.length, 10);
  }
  return nearest;
}

async function timed<Result>(what: string, name: string, work: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  const result = await work();
  console.log(`| ${what} | ${name} | ${(performance.now() - began).toFixed(0)} |`);
  return result;
}
