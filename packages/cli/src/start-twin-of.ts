import type { Definition } from "@llm-provider/core";
import type { Twin, TwinOptions } from "@llm-provider/testing";

/** A fake of the provider on loopback. A dialect of its own brings its own wire. */
export async function startTwinOf(definition: Definition, options: TwinOptions = {}): Promise<Twin> {
  const { startTwin } = await import("@llm-provider/testing");
  if (definition.dialect.name !== "ollama") return startTwin(definition, options);
  const { ollamaWire } = await import("@llm-provider/ollama/twin");
  return startTwin(definition, { ...options, wire: ollamaWire });
}
