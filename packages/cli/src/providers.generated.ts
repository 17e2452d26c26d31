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

/** A tool as LibreChat needs it. */
export interface KnownTool {
  readonly id: string;
  readonly auth: { readonly env: string; readonly page: string; readonly optional?: true };
  /** Further variables that its server reads. */
  readonly variables?: readonly string[];
  readonly package: string;
  readonly version: string;
  /** The vendor's own MCP server: where it runs by default, and what must be done for it. */
  readonly builtin?: { readonly url: string; readonly needs: string; readonly page: string };
}

/** Our tools by id, in the version that was released with this program. */
export const tools: Readonly<Record<string, KnownTool>> = {
  serpapi: {
    id: "serpapi",
    auth: {
      env: "SERPAPI_API_KEY",
      page: "https://serpapi.com/manage-api-key",
    },
    package: "@llm-provider/serpapi",
    version: "0.2.0",
  },
  weaviate: {
    id: "weaviate",
    auth: {
      env: "WEAVIATE_API_KEY",
      page: "https://docs.weaviate.io/weaviate/configuration/authz-authn",
      optional: true,
    },
    variables: ["WEAVIATE_URL", "WEAVIATE_COLLECTION"],
    builtin: {
      url: "http://localhost:8080/v1/mcp",
      needs: "Weaviate 1.38 or newer with MCP_SERVER_ENABLED=true",
      page: "https://docs.weaviate.io/weaviate/configuration/mcp-server",
    },
    package: "@llm-provider/weaviate",
    version: "0.2.0",
  },
};
