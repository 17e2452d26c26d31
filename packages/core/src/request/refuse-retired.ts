import type { Definition } from "../definition/definition.ts";
import { modelInfo } from "../definition/model-info.ts";
import { ProviderError } from "../errors/provider-error.ts";

/** Throws if the catalogue knows that the model was switched off. */
export function refuseRetired(definition: Definition, model: string): void {
  const retired = modelInfo(definition, model)?.retired;
  if (!retired) return;
  throw new ProviderError(`${definition.name} retired ${model} on ${retired.on}.`, {
    code: "model-retired",
    provider: definition.id,
    model,
    hint: `Use ${retired.use} instead.`,
  });
}
