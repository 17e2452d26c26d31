import type { Definition } from "./definition.ts";
import type { ParameterRule } from "./parameter-rule.ts";

/** The rules that a definition lists for one parameter, in order. `decide` says what they do to a request. */
export function parameterRules(definition: Definition, name: string): readonly ParameterRule[] {
  const { parameters } = definition;
  if (!parameters || !Object.hasOwn(parameters, name)) return [];
  const rules = parameters[name] as ParameterRule | readonly ParameterRule[];
  return Array.isArray(rules) ? rules : [rules as ParameterRule];
}
