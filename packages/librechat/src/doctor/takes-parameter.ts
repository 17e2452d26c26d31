import type { Definition } from "@llm-provider/core";
import { decide } from "@llm-provider/core/rules";
import { offeredModels } from "../endpoint/offered-models.ts";
import { refusalOf } from "../endpoint/refused-parameters.ts";
import { sendableParameters } from "../endpoint/refused-parameters.ts";

/** Does the provider take this wire parameter and act on it, for every known one of these models? */
export function takesParameter(definition: Definition, name: string, models: readonly string[]): boolean {
  const catalogued = models.filter((model) => Object.hasOwn(definition.models, model));
  return (catalogued.length > 0 ? catalogued : offeredModels(definition)).every((model) => {
    const value = { ...sendableParameters(model), user: "id" }[name] ?? 0.7;
    const body = { model, messages: [], [name]: value };
    return (
      !refusalOf(definition, name, body) &&
      !decide(definition, body).some(({ parameter, endpoint }) => parameter === name && endpoint === "ignores")
    );
  });
}
