import { once } from "node:events";
import { resolve } from "node:path";
import type * as Rag from "@llm-provider/rag";
import type { Store } from "@llm-provider/rag";
import { isPublishedSecret } from "@llm-provider/librechat";
import { createCommand, readPort, usageError } from "@llm-provider/testing/command";
import type { Command } from "commander";
import type { CliIo } from "../cli-io.ts";
import { loadPackage } from "../load-package.ts";
import { numberOption } from "../number-option.ts";
import { addEmbeddingOptions, defaultTarget, type EmbeddingChoice, openEmbedder } from "../rag/open-rag.ts";
import { showEvents } from "../rag/show-events.ts";
import { tryFile } from "../rag/try-file.ts";
import { readEnvFile } from "../read-env-file.ts";

interface Options extends EmbeddingChoice {
  readonly data: string;
  readonly envFile?: string;
  readonly port?: number;
  readonly host?: string;
  readonly maxFile?: number;
}

const help = {
  description:
    "The routes of LibreChat's rag_api in one process, without Python and Docker: files are read (text, Markdown, HTML, PDF), split into chunks, turned into vectors by an embedding model, and kept in a folder, by PostgreSQL with pgvector inside this program. With RAG_DATABASE_URL they go to a PostgreSQL of yours.\n\nLibreChat signs its requests with JWT_SECRET: give this command the same one, as a variable or by --env-file. No other request is served. Keys of providers are read from the environment. Ctrl-C stops it; files that were interrupted go on where they stopped when they are uploaded again.",
  examples: [
    "llm-provider rag --env-file ../LibreChat/.env",
    "llm-provider rag mistral:mistral-embed --env-file ../LibreChat/.env --data handbook",
    'llm-provider rag try report.pdf "What is the notice period?"',
  ],
};

export function rag(io: CliIo, summary: string): Command {
  const command = createCommand("rag", { summary, ...help }, io)
    .usage("[provider[:model]] [options] | try <file> <question>")
    .argument("[provider]", `An embedding model (default: ${defaultTarget})`)
    .option("-d, --data <folder>", "Where files are kept", "rag-data")
    .option("-e, --env-file <file>", "LibreChat's .env, for JWT_SECRET and RAG_DATABASE_URL")
    .option("--port <n>", "The port (default: 8000)", readPort)
    .option("--host <address>", "The address to bind (default: 127.0.0.1; in front of Docker: 0.0.0.0)")
    .option("--max-file <MB>", "Megabytes of a file (default: 50)", numberOption("--max-file", 1, 2000));
  return addEmbeddingOptions(command)
    .action((target: string | undefined, options: Options) => run(target ?? defaultTarget, options, io))
    .addCommand(tryFile(io));
}

/** Milliseconds that uploads may take to end once the server was told to stop. */
const grace = 30_000;

async function run(target: string, options: Options, io: CliIo): Promise<void> {
  const { port, host, maxFile, envFile } = options;
  const served = await loadPackage("@llm-provider/rag", `rag ${target}`);
  const variables = { ...readEnvFile(envFile, io), ...io.env };
  const secret = variables["JWT_SECRET"]?.trim();
  if (!secret)
    throw usageError(
      `JWT_SECRET is missing${envFile === undefined ? "" : ` in ${envFile} and in the environment`}. LibreChat signs its requests with it: name LibreChat's .env with \`--env-file\`, or set the variable to the same value.`,
    );
  if (isPublishedSecret(secret))
    io.err(
      "warning JWT_SECRET is a published sample: whoever knows it can read every user's files. Run openssl rand -hex 32, and write what it prints behind JWT_SECRET= in LibreChat's .env.\n",
    );
  const { embedder, splitting, close } = await openEmbedder(served, target, options, io);
  let store: Store | undefined;
  try {
    store = await openStore(served, options.data, variables["RAG_DATABASE_URL"], io);
    const server = await served.startRag({
      store,
      embedder,
      ...splitting,
      secret,
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
      ...(maxFile !== undefined && { maxFile: maxFile * 1e6 }),
      onEvent: showEvents(io),
    });
    io.out(`${server.url}\n`);
    io.err(
      `LibreChat's file search listens at this address. Write RAG_API_URL=http://localhost:${new URL(server.url).port} into LibreChat's .env and restart LibreChat. Store: ${store.place}. Ctrl-C stops it.\n`,
    );
    await tellOfModel(served, store, embedder, io);
    if (!io.signal.aborted) await once(io.signal, "abort");
    await server.close({ grace });
  } finally {
    await store?.close();
    await close();
  }
}

function openStore(served: typeof Rag, folder: string, url: string | undefined, io: CliIo): Promise<Store> {
  if (url) return served.openStore({ url });
  const path = resolve(io.cwd, folder);
  io.err(`Opening ${folder}; the first time takes some seconds.\n`);
  return served.openStore({ folder: path });
}

/** Says whether the model answers, and which files it will not find. Files can be uploaded as soon as it does. */
async function tellOfModel(
  { isSameModel }: typeof Rag,
  store: Store,
  embedder: Rag.Embedder,
  io: CliIo,
): Promise<void> {
  try {
    const model = await embedder.model();
    io.err(`${model.name} answers with vectors of ${model.dimensions} numbers.\n`);
    for (const { model: other, documents } of await store.countDocuments())
      if (!isSameModel(other, model))
        io.err(
          `warning ${documents} ${documents === 1 ? "file was" : "files were"} embedded with ${other.name} (${other.dimensions}) and cannot be searched with this model: upload them again, or start with that one.\n`,
        );
  } catch (error) {
    const { message, hint = "" } = error as Error & { hint?: string };
    io.err(
      `warning The embedding model does not answer, and no file can be stored until it does. ${message} ${hint}\n`,
    );
  }
}
