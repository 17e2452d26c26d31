import { basename, resolve } from "node:path";
import { readRegularFile } from "@llm-provider/core/internal/files";
import { createCommand, duration, paint, usageError } from "@llm-provider/testing/command";
import type { Command } from "commander";
import type { CliIo } from "../cli-io.ts";
import { loadPackage } from "../load-package.ts";
import { numberOption } from "../number-option.ts";
import { addEmbeddingOptions, defaultTarget, type EmbeddingChoice, openEmbedder } from "./open-rag.ts";

interface Options extends EmbeddingChoice {
  readonly model: string;
  readonly k: number;
  readonly json?: boolean;
}

const help = {
  summary: "Ask a file a question, and see the chunks that LibreChat would give the model",
  description:
    "Reads, splits and embeds one file, in memory, and prints the chunks that are nearest to the question, with page and relevance. No LibreChat is needed, and no chat model is asked.",
  examples: [
    'llm-provider rag try report.pdf "What is the notice period?"',
    'llm-provider rag try report.pdf "Who signed?" --model mistral:mistral-embed --json',
  ],
};

/** The relevance from which LibreChat cites a chunk, unless `endpoints.agents.minRelevanceScore` says otherwise (read 2026-11-29). */
const citedFrom = 0.45;
/** Bytes of a file. */
const largest = 50 * 1024 * 1024;

export function tryFile(io: CliIo): Command {
  const command = createCommand("try", help, io)
    .usage("<file> <question> [options]")
    .argument("<file>")
    .argument("<question>")
    .option("-m, --model <provider:model>", "The embedding model", defaultTarget)
    .option("-k <n>", "How many chunks; LibreChat asks for 5", numberOption("-k", 1, 100), 5)
    .option("--json", "Print the chunks as LibreChat gets them");
  return addEmbeddingOptions(command).action((file: string, question: string, options: Options) =>
    run(file, question, options, io),
  );
}

async function run(file: string, question: string, options: Options, io: CliIo): Promise<void> {
  const rag = await loadPackage("@llm-provider/rag", "rag try");
  if (question.trim() === "") throw usageError("Which question? It is empty.");
  const bytes = readRegularFile(resolve(io.cwd, file), { name: file, largest });
  if (!bytes) throw usageError(`There is no file ${file}.`);
  const { embedder, splitting, close } = await openEmbedder(rag, options.model, options, io);
  const store = rag.openMemoryStore();
  const { dim, bold } = paint(io);
  try {
    const began = performance.now();
    const [name, caller] = [basename(file), { user: "you" }];
    const { chunks } = await rag.ingestDocument(
      { fileId: name, name, bytes, ...caller },
      {
        store,
        embedder,
        ...splitting,
        onProgress: ({ done, total }) => io.err(`embedded ${done} of ${total} chunks\n`),
      },
    );
    const model = await embedder.model();
    io.err(
      `${chunks} ${chunks === 1 ? "chunk" : "chunks"}; ${model.name} made vectors of ${model.dimensions} numbers in ${duration(performance.now() - began)}.\n`,
    );
    const vector = await embedder.embedQuestion(question);
    const found = await store.search({ caller, fileIds: [name], model, vector, limit: options.k });
    if (options.json)
      return io.out(
        `${JSON.stringify(
          found.map((chunk) => [rag.toDocument(chunk), chunk.distance]),
          null,
          2,
        )}\n`,
      );
    found.forEach(({ text, page, distance }, at) => {
      const facts = [...(page === undefined ? [] : [`page ${page}`]), `relevance ${(1 - distance).toFixed(4)}`];
      io.out(`${at > 0 ? "\n" : ""}${bold(`${at + 1}.`)} ${dim(facts.join(" · "))}\n${text}\n`);
    });
    if (found.some(({ distance }) => 1 - distance < citedFrom))
      io.err(
        `LibreChat cites no chunk with a relevance below ${citedFrom}, unless \`endpoints.agents.minRelevanceScore\` of librechat.yaml is lower.\n`,
      );
  } finally {
    await store.close();
    await close();
  }
}
