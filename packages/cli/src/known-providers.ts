import type { ProviderFactory } from "@llm-provider/core";

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
