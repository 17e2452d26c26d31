import type { Definition, ModelInfo } from "@llm-provider/core";
import { modelInfo } from "@llm-provider/core/internal";

type Feature = NonNullable<ModelInfo["features"]>[number];

/** The small model if it can do it, else the first that can; undefined where none is said to. */
export function pickModel(definition: Definition, feature: Feature): string | undefined {
  const { models, smallModel } = definition;
  const can = (id: string): boolean => {
    const { retired, features = [] } = modelInfo(definition, id) ?? {};
    return !retired && features.includes(feature);
  };
  return can(smallModel) ? smallModel : Object.keys(models).find(can);
}
