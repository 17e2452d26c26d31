// Written by scripts/write-registry.ts. Do not edit: run `npx -y pnpm@12.21.0 run registry`.
import type { ProviderFactory } from "@llm-provider/core";

/** Our adapters by id, each loaded when it is asked for. */
export const providers: Readonly<Record<string, () => Promise<ProviderFactory>>> = {
  deepseek: async () => (await import("@llm-provider/deepseek")).deepseek,
  fireworks: async () => (await import("@llm-provider/fireworks")).fireworks,
  groq: async () => (await import("@llm-provider/groq")).groq,
  mistral: async () => (await import("@llm-provider/mistral")).mistral,
  ollama: async () => (await import("@llm-provider/ollama")).ollama,
  openai: async () => (await import("@llm-provider/openai")).openai,
  openrouter: async () => (await import("@llm-provider/openrouter")).openrouter,
  xai: async () => (await import("@llm-provider/xai")).xai,
};

/** Our tools by id: what LibreChat needs to start one, in the version that was released with this program. */
export const tools: Readonly<
  Record<string, { id: string; auth: { env: string; page: string }; package: string; version: string }>
> = {
  serpapi: {
    id: "serpapi",
    auth: { env: "SERPAPI_API_KEY", page: "https://serpapi.com/manage-api-key" },
    package: "@llm-provider/serpapi",
    version: "0.2.0",
  },
};
