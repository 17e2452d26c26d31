import { chatCompletions, type Dialect, type EmbedResult, type Json, type JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { decodeOllama } from "./decode-ollama.ts";
import { encodeOllama } from "./encode-ollama.ts";

const { errorText, modelIds } = chatCompletions();

/** Ollama's own interface, `/api/chat`: JSON lines, options in their own object, images as base64 and arguments as objects. */
export const ollamaDialect: Dialect = {
  name: "ollama",
  framing: "ndjson",
  paths: { chat: "/api/chat", models: "/api/tags" },
  encode: encodeOllama,
  decoder: decodeOllama,
  modelIds,
  errorText,
  embeddings: { path: "/api/embed", encode: (request) => request as JsonObject, decode: decodeEmbeddings },
  server: async () => ({ wire: (await import("./ollama-wire.ts")).ollamaWire }),
};

/** `{ model, embeddings, prompt_eval_count }`: the vectors are in the order of the texts. */
function decodeEmbeddings(body: Json): Omit<EmbedResult, "changes" | "response"> {
  const embeddings = readPath(body, "embeddings");
  if (!Array.isArray(embeddings)) throw new Error("The answer has no `embeddings` list.");
  const model = readPath(body, "model");
  const inputTokens = readPath(body, "prompt_eval_count");
  return {
    embeddings: embeddings as number[][],
    ...(typeof model === "string" && { model }),
    ...(typeof inputTokens === "number" && { usage: { inputTokens } }),
  };
}
