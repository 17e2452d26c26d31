import { parameterRules, ruleApplies, type Definition, type Source } from "@llm-provider/core";

/** An endpoint's refusal of one field of a body. */
export type Refusal = { status: number; source: Source };

/**
 * Does the endpoint refuse this field of a body as it stands? By its rules, and where it refuses what it does not know,
 * by the list of what it knows. Nobody renames on the way from LibreChat, so an old name counts as unknown.
 */
export function refusalOf(
  definition: Definition,
  name: string,
  body: { readonly model: string; readonly [field: string]: unknown },
): Refusal | undefined {
  const rules = parameterRules(definition, name);
  for (const rule of rules) {
    if ("rejected" in rule && ruleApplies(rule, body)) return { status: rule.rejected, source: rule.source };
  }
  const unknown = definition.unknownParameters;
  if (!unknown || !("rejected" in unknown) || unknown.known.includes(name)) return undefined;
  const isTaken = rules.some((rule) => !("renamed" in rule) && !("rejected" in rule));
  return isTaken ? undefined : { status: unknown.rejected, source: unknown.source };
}
