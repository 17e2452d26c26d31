import type { Definition } from "@llm-provider/core";
import type { Twin, TwinOptions } from "@llm-provider/testing";

/** A fake of the provider on loopback. */
export async function startTwinOf(definition: Definition, options: TwinOptions = {}): Promise<Twin> {
  const { startTwin } = await import("@llm-provider/testing");
  return startTwin(definition, options);
}
