import { type Definition, type Source } from "@llm-provider/core";
import { parameterRules, ruleApplies } from "@llm-provider/core/internal";

/** An endpoint's refusal of one field of a body; `only` is the single value that it takes. */
export type Refusal = { status: number; source: Source; only?: number };

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
    if (!ruleApplies(rule, body)) continue;
    if ("rejected" in rule) return { status: rule.rejected, source: rule.source };
    if (!("range" in rule)) continue;
    // Where one value is taken, a person's setting is refused; a real range is for the person to keep.
    const [least, most] = rule.range;
    return least === most && body[name] !== least ? { status: 400, source: rule.source, only: least } : undefined;
  }
  const unknown = definition.unknownParameters;
  if (!unknown || !("rejected" in unknown) || unknown.known.includes(name)) return undefined;
  const isTaken = rules.some((rule) => !("renamed" in rule) && !("rejected" in rule));
  return isTaken ? undefined : { status: unknown.rejected, source: unknown.source };
}
