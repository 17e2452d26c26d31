import { defineProvider } from "@llm-provider/core";
import { errors } from "./errors.ts";
import { models } from "./models.ts";
import { ollamaDialect } from "./ollama-dialect.ts";

export const ollama = defineProvider({
  id: "ollama",
  name: "Ollama",
  docs: "https://docs.ollama.com",
  baseURL: "http://localhost:11434",
  auth: "none",
  sources: {
    api: ["https://docs.ollama.com/openapi.yaml", "2026-11-22"],
    compatibility: ["https://github.com/ollama/ollama/blob/main/openai/openai.go", "2026-11-22"],
    errors: ["https://github.com/ollama/ollama/blob/main/docs/api/errors.mdx", "2026-11-22"],
    unknownPath: ["https://github.com/danny-avila/LibreChat/issues/10865", "2026-11-28"],
    routes: ["https://github.com/ollama/ollama/blob/main/server/routes.go", "2026-11-22"],
    library: ["https://ollama.com/library", "2026-11-22"],
    types: ["https://github.com/instructlab/instructlab/issues/3511", "2026-11-28"],
    embed: ["https://docs.ollama.com/api/embed", "2026-11-28"],
    embeddings: ["https://ollama.com/library/nomic-embed-text", "2026-11-28"],
    stream: ["https://docs.ollama.com/api/streaming", "2026-11-22"],
    librechat: ["https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/ollama", "2026-11-22"],
  },
  dialect: ollamaDialect,
  models,
  smallModel: "llama3.2",
  request: {} as {
    think?: boolean | "low" | "medium" | "high" | "max";
    format?: "" | "json" | object;
    keep_alive?: string | number;
    options?: { num_ctx?: number; num_predict?: number; [option: string]: unknown };
  },
  // The dialect maps parameters with a native name (max_tokens, temperature, response_format, reasoning_effort …).
  parameters: {
    tool_choice: { ignored: true, source: "compatibility" },
    parallel_tool_calls: { ignored: true, source: "compatibility" },
    n: { ignored: true, source: "compatibility" },
    user: { ignored: true, source: "compatibility" },
    logit_bias: { ignored: true, source: "compatibility" },
    metadata: { ignored: true, source: "compatibility" },
  },
  unknownParameters: { ignored: true, source: "compatibility" },
  refusals: { names: "first", wrongTypes: 400, source: "types" },
  // The server has no limit. Ours keeps a long list from running into the timeout.
  embeddings: { maxInputs: 512, source: "embed" },
  messages: { system: "system", source: "api" },
  streaming: { toolCalls: "whole", usage: "with-finish", source: "stream" },
  errors,
  // Times in nanoseconds.
  metadata: ["total_duration", "load_duration", "prompt_eval_duration", "eval_duration", "created_at"],
  librechat: {
    name: "Ollama",
    baseURL: "http://localhost:11434/v1",
    fetch: true,
    titleModel: "current_model",
    responses: "served",
    usage: "asked",
    source: "librechat",
  },
});
