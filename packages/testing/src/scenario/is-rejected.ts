import { type ChatRequest, type Definition } from "@llm-provider/core";
import { parameterRules, ruleApplies } from "@llm-provider/core/internal";

/** Does the endpoint refuse this parameter of this request? */
export function isRejected(definition: Definition, request: ChatRequest, name: string): boolean {
  return parameterRules(definition, name).some((rule) => "rejected" in rule && ruleApplies(rule, request));
}
