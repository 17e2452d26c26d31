import { chatCompletions, type Dialect } from "@llm-provider/core";
import { decodeOllama } from "./decode-ollama.ts";
import { encodeOllama } from "./encode-ollama.ts";

const { errorText, modelIds } = chatCompletions();

/** Ollama's own interface, `/api/chat`: lines of JSON, options in an object of their own, images and arguments as data. */
export const ollamaDialect: Dialect = {
  name: "ollama",
  framing: "ndjson",
  paths: { chat: "/api/chat", models: "/api/tags" },
  encode: encodeOllama,
  decoder: decodeOllama,
  modelIds,
  errorText,
  server: async () => ({ wire: (await import("./ollama-wire.ts")).ollamaWire }),
};
