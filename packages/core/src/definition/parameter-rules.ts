import type { Definition } from "./definition.ts";
import type { ParameterRule } from "./parameter-rule.ts";

/** The rules that a definition has for one parameter, in order. */
export function parameterRules(definition: Definition, name: string): readonly ParameterRule[] {
  const { parameters } = definition;
  if (!parameters || !Object.hasOwn(parameters, name)) return [];
  const rules = parameters[name] as ParameterRule | readonly ParameterRule[];
  return Array.isArray(rules) ? rules : [rules as ParameterRule];
}
