export { ollama } from "./ollama.ts";
export { ollamaDialect } from "./ollama-dialect.ts";
