import { type Definition } from "@llm-provider/core";
import { parameterRules, ruleApplies } from "@llm-provider/core/internal";
import { offeredModels } from "../endpoint/offered-models.ts";
import { refusalOf } from "../endpoint/refusal-of.ts";

/** Does the provider take this wire parameter, and act on it, for each of these models that it knows? */
export function takesParameter(definition: Definition, name: string, models: readonly string[]): boolean {
  const catalogued = models.filter((model) => Object.hasOwn(definition.models, model));
  return (catalogued.length > 0 ? catalogued : offeredModels(definition)).every((model) => {
    const body = { model, messages: [], [name]: name === "stop" ? ["END"] : name === "user" ? "id" : 0.7 };
    if (refusalOf(definition, name, body)) return false;
    return !parameterRules(definition, name).some(
      (rule) => ("ignored" in rule || "renamed" in rule) && ruleApplies(rule, body),
    );
  });
}
