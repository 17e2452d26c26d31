import type { Definition, ModelInfo } from "@llm-provider/core";

type Feature = NonNullable<ModelInfo["features"]>[number];

/** The small model if it can do it, else the first that can; undefined where none is said to. */
export function pickModel({ models, smallModel }: Definition, feature: Feature): string | undefined {
  const can = (id: string): boolean => !models[id]?.retired && (models[id]?.features?.includes(feature) ?? false);
  return can(smallModel) ? smallModel : Object.keys(models).find(can);
}
