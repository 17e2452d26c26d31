import type { Definition } from "@llm-provider/core";
import { modelInfo, parseTarget } from "@llm-provider/core/internal";
import type * as Rag from "@llm-provider/rag";
import type { Embedder } from "@llm-provider/rag";
import { usageError } from "@llm-provider/testing/command";
import type { Command } from "commander";
import type { CliIo } from "../cli-io.ts";
import { numberOption } from "../number-option.ts";
import { addProviderOptions, openProvider, type ProviderChoice } from "../open-provider.ts";

/** Values of the options that `addEmbeddingOptions` adds. */
export interface EmbeddingChoice extends ProviderChoice {
  readonly dimensions?: number;
  readonly passagePrefix?: string;
  readonly queryPrefix?: string;
  readonly chunkSize?: number;
  readonly chunkOverlap?: number;
}

/** The options of every command that embeds files. */
export function addEmbeddingOptions(command: Command): Command {
  return addProviderOptions(command)
    .option(
      "--dimensions <n>",
      "The length of the vectors, for models that support several",
      numberOption("--dimensions", 1, 4096),
    )
    .option("--passage-prefix <text>", "Put before each text, for models that were trained so")
    .option("--query-prefix <text>", "Put before each question")
    .option("--chunk-size <n>", "Characters of a chunk (default: 1500)", numberOption("--chunk-size", 100, 20_000))
    .option(
      "--chunk-overlap <n>",
      "Characters that chunks share (default: 150)",
      numberOption("--chunk-overlap", 0, 5000),
    );
}

/** An embedding model that is ready, and how files are split for it. */
export interface OpenEmbedder {
  readonly embedder: Embedder;
  readonly splitting: { readonly chunkSize?: number; readonly chunkOverlap?: number };
  close(): Promise<void>;
}

/** The local model that needs no key. */
export const defaultTarget = "ollama:nomic-embed-text";

/** The embedding model that `<provider>[:<model>]` names; without a model, the first one that the provider lists. */
export async function openEmbedder(
  { createEmbedder, chunkSize: usualSize, chunkOverlap: usualOverlap }: typeof Rag,
  target: string,
  choice: EmbeddingChoice,
  io: CliIo,
): Promise<OpenEmbedder> {
  const { chunkSize, chunkOverlap, dimensions, passagePrefix, queryPrefix } = choice;
  const [size, overlap] = [chunkSize ?? usualSize, chunkOverlap ?? usualOverlap];
  if (overlap >= size)
    throw usageError(
      `\`--chunk-overlap\` (${overlap}) has to be less than \`--chunk-size\` (${size}). Give a smaller overlap.`,
    );
  const opened = await openProvider(target, choice, io);
  const { definition, provider } = opened;
  if (choice.twin)
    io.err(
      "A fake makes the vectors. They show how the requests run, but a fake's vectors have no meaning, and what they find is chance.\n",
    );
  return {
    embedder: createEmbedder({
      provider,
      providerId: definition.id,
      model: parseTarget(target).model ?? embeddingModel(definition),
      dimensions,
      passagePrefix,
      queryPrefix,
    }),
    splitting: { ...(chunkSize !== undefined && { chunkSize }), ...(chunkOverlap !== undefined && { chunkOverlap }) },
    close: opened.close,
  };
}

function embeddingModel({ id, name, models }: Definition): string {
  const known = Object.keys(models).find((one) => modelInfo({ models }, one)?.features?.includes("embeddings"));
  if (known !== undefined) return known;
  throw usageError(
    `Which model of ${name}? Its definition lists none that makes embeddings. Name one, such as \`${id}:<model>\`, or take another provider.`,
  );
}
