import type { ModelInfo } from "@llm-provider/core";

/**
 * A few models of the library; `ollama().models()` lists the installed ones. The context is not listed, because the server derives
 * it from the memory of the graphics card (4k tokens below 24 GiB) unless `options.num_ctx` sets it.
 */
export const models = {
  "llama3.2": { features: ["tools", "json", "schema"], source: "library" },
  "qwen3:4b": { features: ["tools", "json", "schema", "reasoning"], source: "library" },
  "gpt-oss:20b": { features: ["tools", "json", "schema", "reasoning"], source: "library" },
  "gemma3:4b": { features: ["json", "schema", "images"], source: "library" },
  "nomic-embed-text": { features: ["embeddings"], source: "embeddings" },
  "mxbai-embed-large": { features: ["embeddings"], source: "library" },
} as const satisfies { readonly [id: string]: ModelInfo };
