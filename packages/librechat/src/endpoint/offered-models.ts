import type { Definition } from "@llm-provider/core";

/** The models of a catalogue that are offered: the retired ones are not. */
export function offeredModels(definition: Definition): string[] {
  return Object.keys(definition.models).filter((id) => !definition.models[id]!.retired);
}
