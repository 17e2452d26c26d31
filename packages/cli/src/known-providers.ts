import type { ProviderFactory } from "@llm-provider/core";

type Loader = () => Promise<Readonly<Record<string, unknown>>>;

/** The adapters that come with the program, each loaded when it is named. */
export const knownProviders: Readonly<Record<string, Loader>> = {
  deepseek: () => import("@llm-provider/deepseek"),
  fireworks: () => import("@llm-provider/fireworks"),
  groq: () => import("@llm-provider/groq"),
  mistral: () => import("@llm-provider/mistral"),
  ollama: () => import("@llm-provider/ollama"),
  openai: () => import("@llm-provider/openai"),
  openrouter: () => import("@llm-provider/openrouter"),
  xai: () => import("@llm-provider/xai"),
};

/** `@llm-provider/groq` is the `groq` that comes with the program. */
export function ownName(name: string): string {
  return name.replace(/^@llm-provider\//, "");
}

/** The first provider that a module exports. */
export function factoryIn(module: Readonly<Record<string, unknown>>): ProviderFactory | undefined {
  return Object.values(module).find(
    (value): value is ProviderFactory =>
      typeof value === "function" &&
      "definition" in value &&
      typeof (value.definition as { dialect?: unknown }).dialect === "object",
  );
}
