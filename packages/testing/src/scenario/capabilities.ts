import { modelInfo } from "@llm-provider/core/internal";
import type { ChatRequest, Definition, ModelInfo } from "@llm-provider/core";
import { decide, type Decision } from "@llm-provider/core/rules";

type Feature = NonNullable<ModelInfo["features"]>[number];

/** The small model if it has the feature, else the first model that has it, if any. */
export function pickModel(definition: Definition, feature: Feature): string | undefined {
  const { models, smallModel } = definition;
  const can = (id: string): boolean => {
    const { retired, features = [] } = modelInfo(definition, id) ?? {};
    return !retired && features.includes(feature);
  };
  return can(smallModel) ? smallModel : Object.keys(models).find(can);
}

/** Does a rule of the definition change, rename or refuse this parameter of this request? */
export function isTouched(definition: Definition, request: ChatRequest, name: string): boolean {
  return decisionsOn(definition, request, name).some(({ does }) => does !== "pass" && does !== "ignore");
}

/** Does the endpoint refuse this parameter of this request? */
export function isRejected(definition: Definition, request: ChatRequest, name: string): boolean {
  return decisionsOn(definition, request, name).some(({ does }) => does === "drop" || does === "refuse");
}

function decisionsOn(definition: Definition, request: ChatRequest, name: string): Decision[] {
  return decide(definition, request).filter(({ parameter }) => parameter === name);
}
