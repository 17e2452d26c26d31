import type { Definition } from "@llm-provider/core";

export type RunningTwin = { readonly url: string; close(): Promise<void> };

/** A fake of the provider on loopback. A dialect of its own brings its own fake. */
export async function startTwinOf(
  definition: Definition,
  options: { apiKey?: string; port?: number } = {},
): Promise<RunningTwin> {
  if (definition.dialect.name === "ollama") {
    const { startTwin } = await import("@llm-provider/ollama/twin");
    return startTwin(definition, options);
  }
  const { startTwin } = await import("@llm-provider/testing");
  return startTwin(definition, options);
}
