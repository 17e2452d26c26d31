import { type ChatRequest, type Definition } from "@llm-provider/core";
import { parameterRules, ruleApplies } from "@llm-provider/core/internal";

/** Does a rule of the definition change, rename or refuse this parameter of this request? */
export function isTouched(definition: Definition, request: ChatRequest, name: string): boolean {
  const value: unknown = request[name];
  const isSet = (other: string): boolean => request[other] !== undefined && request[other] !== null;
  return parameterRules(definition, name).some((rule) => {
    if (!ruleApplies(rule, request)) return false;
    if ("conflictsWith" in rule) return rule.conflictsWith.some(isSet);
    if ("values" in rule)
      return Object.hasOwn(rule.values, typeof value === "object" ? JSON.stringify(value) : String(value));
    if ("range" in rule) return typeof value === "number" && (value < rule.range[0] || value > rule.range[1]);
    return !("ignored" in rule);
  });
}
