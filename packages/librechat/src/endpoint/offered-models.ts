import type { Definition } from "@llm-provider/core";
import { modelInfo } from "@llm-provider/core/internal";

/** The models of a catalogue that LibreChat offers: neither retired ones, nor those that make embeddings. */
export function offeredModels(definition: Definition): string[] {
  return Object.keys(definition.models).filter((id) => {
    const { retired, features = [] } = modelInfo(definition, id)!;
    return !retired && !features.includes("embeddings");
  });
}
