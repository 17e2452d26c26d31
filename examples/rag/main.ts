// `node --conditions=source main.ts ask "May I give it back?"`; `… search "…"` prints ranked passages, `… measure` counts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createCommand, processIo, runProgram, usageError, type CommandIo } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { ask } from "./agent.ts";
import { openRetriever, type Retriever } from "./retrieve.ts";
import { openPgliteStore } from "./search/pglite-store.ts";
import type { FoundPassage } from "./search/store.ts";
import { openWeaviateStore } from "./search/weaviate-store.ts";
import { openSide, type SideName } from "./sides.ts";

interface Options {
  readonly local?: boolean;
  readonly cloud?: boolean;
  readonly weaviate?: string;
  readonly vectors: boolean;
}

const storeFolder = join(import.meta.dirname, ".store");

function program(io: CommandIo): Command {
  const root = createCommand(
    "rag",
    { summary: "Questions about a handbook of thirty documents", examples: ['rag ask "May I give it back?"'] },
    io,
  );
  root.addCommand(
    withOptions("ask", "Let a model search and answer, with its sources (default: --local)").action(
      async (question: string, options: Options) => {
        const name = sideOf(options) ?? "local";
        const side = openSide(name);
        await withRetriever(options, name, async (retriever) => {
          const answer = await ask(question, { ...side, retriever, signal: io.signal });
          io.out(`${answer.text}\n`);
          for (const { id, title } of answer.cited) io.out(`[${id}] ${title}\n`);
          if (answer.cited.length === 0) io.err("The answer names no passage that was found: do not rely on it.\n");
          if (answer.unknown.length > 0) io.err(`Not a passage that was found: ${answer.unknown.join(", ")}\n`);
        });
      },
    ),
  );
  root.addCommand(
    withOptions("search", "Print the passages for a question, best first (default: by words alone)").action(
      async (question: string, options: Options) =>
        withRetriever(options, sideOf(options), async (retriever) => {
          const found = await retriever.retrieve(question, { signal: io.signal });
          found.forEach((passage, at) => io.out(describe(passage, at)));
          if (found.length === 0) io.out("Nothing was found.\n");
        }),
    ),
  );
  root.addCommand(
    withOptions("measure", "Count for how many known questions the right passage comes first", false).action(
      async (options: Options) =>
        withRetriever(options, sideOf(options), async (retriever) => {
          for (const name of ["first", "second", "third", "fourth"]) io.out(await measure(retriever, name));
        }),
    ),
  );
  return root;

  function withOptions(name: string, summary: string, hasQuestion = true): Command {
    const command = createCommand(
      name,
      { summary, examples: [`rag ${name}${hasQuestion ? ' "May I give it back?"' : ""}`] },
      io,
    );
    if (hasQuestion) command.argument("<question>", "As a person asks it");
    return command
      .option("--local", "Ollama on this machine, with mistral and nomic-embed-text")
      .option("--cloud", "Mistral, with the key in MISTRAL_API_KEY")
      .option("--weaviate <url>", "Keep and search the passages in this Weaviate (default: PGlite in a folder)")
      .option("--no-vectors", "Search by words alone");
  }

  async function withRetriever(
    { vectors, weaviate }: Options,
    side: SideName | undefined,
    use: (retriever: Retriever) => Promise<void>,
  ): Promise<void> {
    const embedder = vectors && side ? openSide(side).embedder : undefined;
    // One folder for each model, because vectors of different models cannot be compared.
    const folder = join(storeFolder, embedder?.model ?? "words");
    const store = weaviate === undefined ? await openPgliteStore(folder) : openWeaviateStore(weaviate);
    try {
      await use(await openRetriever({ store, embedder }));
    } finally {
      await store.close();
    }
  }
}

function sideOf({ local, cloud }: Options): SideName | undefined {
  if (local && cloud) throw usageError("--local or --cloud: choose one.");
  return cloud ? "cloud" : local ? "local" : undefined;
}

function describe({ id, title, text, score, places }: FoundPassage, at: number): string {
  const [first = ""] = text.split("\n");
  const by = Object.entries(places).map(([ranking, place]) => `${ranking} ${place}`);
  return `${at + 1}. [${id}] ${title}  (${score.toFixed(4)}: ${by.join(", ")})\n   ${first.slice(0, 110)}…\n`;
}

async function measure(retriever: Retriever, name: string): Promise<string> {
  const file = join(import.meta.dirname, "questions", `${name}.json`);
  const questions = JSON.parse(readFileSync(file, "utf8")) as { question: string; document: string }[];
  let first = 0;
  let amongThree = 0;
  for (const { question, document } of questions) {
    const ids = (await retriever.retrieve(question, { limit: 3 })).map(({ id }) => id);
    if (ids[0] === document) first++;
    if (ids.includes(document)) amongThree++;
  }
  return `${name}: the right passage is first for ${first} of ${questions.length}, among three for ${amongThree}\n`;
}

process.exitCode = await runProgram(program, process.argv.slice(2), processIo());
